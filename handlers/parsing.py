"""From a message to what it asks for. Pure: a request in, a command out.

A message is a command by its shape only: it is short, and one of the forms below fits all of it. Whatever else begins
with a command's word ("Why 3 ministers resigned", "History was made on Monday") is talk or an article.
"""

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher

from bot.reading import find_links, read_message
from bot.report import Grade
from handlers.commands import (
    ChangeSetting,
    CheckAgain,
    CheckSources,
    CheckText,
    Command,
    ExplainClaim,
    Export,
    ExportFormat,
    Forget,
    OverruleClaim,
    Puzzled,
    SayHelp,
    SayVersion,
    ShowAll,
    ShowHistory,
    ShowSettings,
    ShowSources,
    Undo,
)
from handlers.request import Request

_FEWEST_WORDS = 12  # Below this a message without links is talk, not an article.
_LONGEST_COMMAND = 1200  # characters, a reason for an overrule included
_MOST_WORDS_OF_A_SLIP = 3  # A longer message that only begins like a command is no attempt at one.
_ALIKE = 0.8  # share of letters in common from which a word may be a slip of another

# "check ...", "/claimcheck check ...", "Check: ..."; a capital "Check" without a colon may open a headline.
_CHECK = re.compile(r"\s*(?:/?claimcheck\s+)?(?:/?check(?:\s*:|(?=\s)|$)|Check\s*:)\s*")
_AGAIN = re.compile(r"(?:/?claimcheck\s+)?[/!]?(?:re-?check|check\s+again|again)\b[\s:,]*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"claimcheck\b[\s:,]*", re.IGNORECASE)
_POLITE = re.compile(r"^please\s+|[\s,]+please$", re.IGNORECASE)
_MARKS_AROUND = "“”\"'‘’`*_"

_CLAIM = r"(?:claim\s+|no\.?\s+|number\s+)?[c#]?(?P<claim>\d{1,6})"
_REPORT = r"(?:\s+(?:of\s+)?(?:report\s+|article\s+)?#?(?P<report>\d{1,9}))?"
_OF_REPORT = r"(?:\s+of\s+(?:report\s+|article\s+)?#?(?P<report>\d{1,9}))?"
_OVERRULE = rf"(?:overrule|override)\s+{_CLAIM}{_OF_REPORT}\s+(?:to\s+|as\s+|=\s*)?(?P<grade>\d{{1,6}})"
_FORMS = {
    name: re.compile(form, re.IGNORECASE)
    for name, form in {
        "help": r"help|\?|commands",
        "version": r"version",
        "again": rf"(?:re-?check|check\s+again|again){_REPORT}",
        "why": rf"(?:why|explain)\s+{_CLAIM}{_OF_REPORT}",
        "all": rf"show(?:\s+me)?(?:\s+all(?:\s+claims)?|\s+everything|(?=[\w\s]*\s#?\d)){_REPORT}",
        "sources": rf"(?:show\s+|list\s+)?sources?{_REPORT}",
        "export": rf"export\s+(?:as\s+|to\s+)?\.?(?P<format>md|markdown|json|csv){_REPORT}",
        "history": r"(?:show\s+)?history(?:[^\S\n]+(?P<query>\S.*))?",
        "settings": r"(?:show\s+)?settings?",
        "setting": r"settings?\s+(?P<name>[a-z]+(?:[\s_-]+(?!to\b)[a-z]+)?)(?:\s*[=:]\s*|\s+to\s+|\s+)(?P<value>\S+)",
        "overrule": rf"{_OVERRULE}\s*[\s:;,–—-]\s*(?P<reason>\S[\s\S]*)",
        "undo": rf"undo{_REPORT}",
        "forget": r"forget(?:\s+(?:me|everything|(?P<link>.*https?:.*)))?",
    }.items()
}
_OVERRULE_WITHOUT_REASON = re.compile(_OVERRULE, re.IGNORECASE)
_USAGE = {
    "why": "Which claim? Say “why 3”, with the number that stands before the claim.",
    "show": "Show what? Say “show all” for every claim, or “sources”, “history” or “settings”.",
    "export": "I export as Markdown, JSON or CSV: say “export md”, “export json” or “export csv”.",
    "sources": "Say just “sources”, and I list who stands behind the claims of the latest article here.",
    "settings": "Say “settings” to see them all, or “settings NAME VALUE” to change one, like “settings detail full”.",
    "overrule": "Say which claim, which grade from 0 to 5, and why: “overrule 3 4 the minutes are public”.",
    "undo": "Say just “undo”, and I take back the last grade that you set here.",
    "forget": "Say “forget” to delete what you asked me to check, or “forget” and one link to delete its checks.",
    "recheck": "Say just “recheck”, or “recheck” and a link.",
    "version": "Say just “version”.",
}
_FIRST_WORDS = (*_USAGE, "help", "history", "check")
_SECOND_WORDS = ("all", "again", "history", "sources", "settings", "json", "csv", "markdown")


def parse_command(request: Request) -> Command:
    """The command in a request. Never fails: what is not understood is `Puzzled`, with a hint where there is one."""
    again = _AGAIN.match(request.message.strip())
    if request.attachments or request.links:
        found = read_message(request.message)
        links = dict.fromkeys((*request.links, *(link.url for link in found.links if found.is_links)))
        return CheckSources(files=request.attachments, links=tuple(links), again=again is not None)
    words = _bare(request.message) if len(request.message) <= _LONGEST_COMMAND else ""
    return _read_words(words) or _read_article(request.message, again=again is not None) or Puzzled(hint=_hint(words))


def _read_article(message: str, *, again: bool) -> Command | None:
    """The links or the text that a message brings; None where it brings neither."""
    asked = _CHECK.match(message)
    text = message[asked.end() :] if asked else message
    found = read_message(text)
    links = tuple(link.url for link in found.links)
    if found.is_links:
        return CheckSources(files=(), links=links, again=again)
    if not asked and len(_WORD.findall(text)) < _FEWEST_WORDS:
        return None
    return CheckText(text=text, links=links)


def _bare(message: str) -> str:
    """The message without what people put around a command: the bot's name, a slash, marks, "please"."""
    words = message.strip()
    while len(words) > 1 and words[0] in _MARKS_AROUND and words[-1] in _MARKS_AROUND:
        words = words[1:-1].strip()
    words = _NAME.sub("", words.lstrip("/! "), count=1).lstrip("/! ")
    words = _POLITE.sub("", words.rstrip(".!…"))
    return words if words == "?" else words.rstrip("?.!…").strip()


def _read_words(words: str) -> Command | None:
    """The command whose form fits all the words; None where none does."""
    for name, form in _FORMS.items():
        if found := form.fullmatch(words):
            return _build(name, found.groupdict())
    return None


def _build(name: str, given: Mapping[str, str | None]) -> Command | None:  # noqa: PLR0911 - one answer a form
    report = int(given.get("report") or 0) or None
    match name:
        case "why":
            return ExplainClaim(claim=_claim_id(given), report=report)
        case "export":
            return Export(format=_format(given["format"] or ""), report=report)
        case "history":
            query = given["query"] or ""
            return ShowHistory(query=query) if len(_WORD.findall(query)) < _FEWEST_WORDS else None
        case "setting":
            return ChangeSetting(name=given["name"] or "", value=given["value"] or "")
        case "overrule":
            grade = int(given["grade"] or 0)
            reason = " ".join((given["reason"] or "").split())
            return (
                OverruleClaim(claim=_claim_id(given), grade=Grade(grade), reason=reason, report=report)
                if grade <= max(Grade)
                else None
            )
        case "forget":
            return _forget(given["link"])
        case _:
            return _PLAIN[name](report)


_PLAIN: Mapping[str, Callable[[int | None], Command]] = {
    "help": lambda _: SayHelp(),
    "version": lambda _: SayVersion(),
    "settings": lambda _: ShowSettings(),
    "again": lambda report: CheckAgain(report=report),
    "all": lambda report: ShowAll(report=report),
    "sources": lambda report: ShowSources(report=report),
    "undo": lambda report: Undo(report=report),
}


def _claim_id(given: Mapping[str, str | None]) -> str:
    return f"c{int(given['claim'] or 0)}"


def _format(typed: str) -> ExportFormat:
    return ExportFormat.MARKDOWN if typed.casefold() == "markdown" else ExportFormat(typed.casefold())


def _forget(link: str | None) -> Forget | None:
    if link is None:
        return Forget()
    found = find_links(link)
    return Forget(url=found[0].url) if len(found) == 1 and found[0].end - found[0].start == len(link.strip()) else None


def _hint(words: str) -> str:
    """How to ask, where the words look like a command that went wrong; empty where they are just talk."""
    if not words:
        return ""
    if meant := _find_meant(words):
        return f"Did you mean “{meant}”?"
    first, *more = words.split()
    command = {"override": "overrule", "explain": "why", "re-check": "recheck"}.get(first.casefold(), first.casefold())
    if command == "overrule":
        return _overrule_hint(words)
    return _usage(command, more) if len(more) < _MOST_WORDS_OF_A_SLIP else ""


def _usage(command: str, more: list[str]) -> str:
    if command == "export" and more:
        return f"I do not export “{more[-1]}”. {_USAGE[command]}"
    if command == "settings" and more:
        return f"Say what “{more[0]}” shall be: “settings {more[0]} VALUE”. “settings” alone shows what may be chosen."
    return _USAGE.get(command, "")


def _overrule_hint(words: str) -> str:
    found = _OVERRULE_WITHOUT_REASON.match(words)
    if found is None:
        return _USAGE["overrule"]
    claim, grade = int(found["claim"]), int(found["grade"])
    if grade > max(Grade):
        return f"Grades run from 0 to 5, so {grade} cannot be one. {_USAGE['overrule']}"
    return f"Say why, too, for the reason is kept with the grade: “overrule {claim} {grade} the minutes are public”."


def _find_meant(words: str) -> str | None:
    """The command of which the words are a slip of the keyboard, in its first or second word."""
    first, *more = words.split()
    tries = [(_nearest(first, _FIRST_WORDS), *more)]
    if more:
        tries.append((tries[0][0], _nearest(more[0], _SECOND_WORDS), *more[1:]))
    for attempt in tries:
        corrected = " ".join(attempt)
        if corrected.casefold() != " ".join(words.split()).casefold() and _read_words(corrected) is not None:
            return corrected
    return None


def _nearest(typed: str, known: tuple[str, ...]) -> str:
    """The known word that the typed one most resembles, or the typed one itself."""
    word = typed.casefold()
    if word in known:
        return typed
    ratio = {other: 1.0 if sorted(other) == sorted(word) else _likeness(word, other) for other in known}
    nearest = max(known, key=lambda other: ratio[other])
    return nearest if ratio[nearest] >= _ALIKE else typed


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
