"""Captions in plain text, where no markup tells them: repeated lines, cut copies, photo credits, verbless lines."""

import re

from bot.reading.wording import page_words

_CREDIT_LABEL = (
    r"(?:(?:file|main|lead|cover|featured|stock)\s+)?(?:photo|image|picture|pic|photograph|photography|illustration"
    r"|graphic|credit|caption|source)s?(?:\s+(?:credit|courtesy|by|source)s?)?"
)
_LEADING_LABEL = re.compile(rf"^\s*{_CREDIT_LABEL}\s*[:|]\s*", re.IGNORECASE)
_NAMES = r"(?:{})".format("|".join(sorted(map(re.escape, page_words("credits")), key=len, reverse=True)))
_TRAILING_CREDIT = re.compile(
    rf"\s*(?:[(\[]\s*(?:{_CREDIT_LABEL}\s*[:/]?\s[^()\[\]]{{2,80}}|[^()\[\]]{{0,40}}(?:{_NAMES})[^()\[\]]{{0,30}}"
    rf"|[^()\[\]]{{2,40}}\sphoto)[)\]]"
    rf"|{_CREDIT_LABEL}\s*:\s*[^:.]{{2,80}}\.?"
    rf"|(?:(?<=[.!?”\"])\s|[|/©]\s?)(?:[A-Z][\w.’'-]+ ){{0,3}}[/|©,]?\s?(?:{_NAMES})"
    r"(?:\s*(?:via|/)\s*[\w ]{2,30})?)\s*$",
    re.IGNORECASE,
)
_BEFORE_A_PLURAL = re.compile(r"\b(?:the|a|an|of|in|and|for|\d[\d,]*|two|three|many|some|new)\s+$", re.IGNORECASE)
_WORD = re.compile(r"\w[\w’'.-]*")
_MOST_CAPTION_WORDS = 60
_MOST_CAPTION_CHARACTERS = 600
_LEAST_WORDS = 5


def caption_part(line: str) -> tuple[int, int] | None:
    """Start and end, in the line, of the words of a caption that carries a credit; None where it carries none.

    The part is empty where the line is nothing but the credit.
    """
    if len(line) > _MOST_CAPTION_CHARACTERS or len(line.split()) > _MOST_CAPTION_WORDS:
        return None
    lead = _LEADING_LABEL.match(line)
    start = lead.end() if lead else 0
    trail = _TRAILING_CREDIT.search(line, start)
    end = trail.start() if trail else len(line)
    if lead is None and trail is None:
        return None
    few = len(line[start:end].split()) < _LEAST_WORDS
    return (start, start) if few and lead and trail is None else (start, end)


def is_verbless(line: str) -> bool:
    """Whether no word of the line looks like a finite verb: a label or a caption, no sentence."""
    verbs = page_words("verbs")
    for m in _WORD.finditer(line):
        word = m.group().strip(".'’")
        low = word.lower().replace("’", "'")
        if low in verbs or low.endswith(("n't", "'re", "'ll", "'ve")):
            return False
        if m.start() and word.islower() and _may_be_inflected_verb(low, line[: m.start()]):
            return False
    return True


def same_words(line: str) -> str:
    """The line's words, folded: what two copies of a caption share."""
    return " ".join(w.lower() for w in _WORD.findall(line)).replace("’", "'")


def is_cut_copy(line: str, following: str) -> bool:
    """Whether the line is a beginning of the following one, cut off."""
    short, whole = same_words(line.rstrip(" .…")), same_words(following)
    return len(short.split()) >= _LEAST_WORDS - 1 and short != whole and whole.startswith(short)


def _may_be_inflected_verb(low: str, before: str) -> bool:
    if low.endswith("ed"):
        return True
    third_person = low.endswith("s") and not low.endswith(("ss", "us", "is", "ous"))
    return third_person and not _BEFORE_A_PLURAL.search(before)
