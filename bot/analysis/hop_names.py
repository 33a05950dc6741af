"""How the hops of a chain are named in a sentence: with article, title and number, as the text has them."""

import re
from collections.abc import Sequence

from bot.analysis.nouns import load_nouns
from bot.analysis.parsing import Article
from bot.report import Hop, SourceKind

UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_DETERMINED = re.compile(r"(?:the|an?|one|some|two|several)\b", re.IGNORECASE)
_OWNED = re.compile(r"(?:his|her|their|its|our|my)\b", re.IGNORECASE)
_ARTICLE = 4  # characters: "the "
_ARTICLE_GIVEN = re.compile(r"\bthe\s$", re.IGNORECASE)
_BODY_OF = re.compile(
    r"(?:Ministry|Department|Office|Bureau|Church|University|Institute|Board|Commission|Committee|Council|House|Court|"
    r"Association|Federation|Union|Society|Bank|Port|City|Secretary|Academy|Center|Centre|Agency|Chamber)\s(?:of|for)\b"
)
_AFTER_HEAD = re.compile(r",|\s+(?:of|in|at|from|with|who|that|close|familiar|on|for|to|near)\b")
_PLURALS = frozenset({"people", "police", "women", "men", "media"})
_NO_PLURAL = ("ss", "us", "is")
_LONGEST_LEAD = 12  # characters of article or count before a name


def name_hop(article: Article, hop: Hop) -> str:
    """The hop as a noun phrase: name with title; one that is not named is said to be so, in the text's own words."""
    if hop.kind in UNNAMED:
        plural, anonymous = is_plural(hop.name), hop.kind is SourceKind.ANONYMOUS
        who = ("unnamed sources" if anonymous else "people who are not named") if plural else (
            "an unnamed source" if anonymous else "a person who is not named"
        )  # fmt: skip
        return f"{who} (“{own_words(article, hop)}”)"
    if hop.kind is SourceKind.OWN_REPORTING:
        return f"the outlet’s own reporting (“{hop.name}”)"
    if hop.kind is not SourceKind.NAMED_PERSON:
        return with_article(article, hop)
    title = (hop.title or "").strip(" ,")
    return f"{hop.name}, {title}," if title and title.lower() not in hop.name.lower() else hop.name


def with_article(article: Article, hop: Hop) -> str:
    """The name of a source with the article that the text gives it, in lower case where it is a common noun."""
    if hop.kind is SourceKind.NAMED_PERSON:
        return hop.name
    if _OWNED.match(hop.name):
        return f"“{hop.name}”"  # whose, only the text around it tells
    if _DETERMINED.match(hop.name):
        keep = hop.name[1:2].isupper() or hop.kind is SourceKind.NEWS_OUTLET
        return hop.name if keep else hop.name[0].lower() + hop.name[1:]
    words = hop.span.text_in(article.text)
    before = article.text[max(0, hop.span.start - _ARTICLE) : hop.span.start]
    # Where the text has "the carmaker" for Acme Motors, the article is not the name's.
    same = hop.name.lower() in words.lower()
    given = _ARTICLE_GIVEN.search(before) or _DETERMINED.match(words) if same else None
    small = hop.name[:1].islower() and not is_plural(hop.name)
    if is_generic(hop) and is_plural(hop.name) and " " in hop.name:
        return hop.name[0].lower() + hop.name[1:] if hop.name[1:2].islower() else hop.name
    if small or _BODY_OF.match(hop.name) or (given is not None and given.group().strip().lower() == "the"):
        return f"the {hop.name}"
    return hop.name


def own_words(article: Article, hop: Hop) -> str:
    """The text's words for an unnamed source, with their article where it stands before them ("a neighbour")."""
    words = article.same_words(hop.span)
    longer = len(hop.name) < len(words) <= len(hop.name) + _LONGEST_LEAD
    return words if longer and words.lower().endswith(hop.name.lower()) else hop.name


def short_name(hop: Hop) -> str:
    """What the hop is called at its second mention."""
    if hop.kind is SourceKind.NAMED_PERSON:
        return hop.name.rpartition(" ")[2]
    return hop.name if hop.kind not in UNNAMED else "them"


def verb_of(hop: Hop) -> str:
    """The form of "say" that agrees with the hop."""
    head = _head(hop.name)
    if is_joint(hop):
        return "say"
    common = hop.kind in UNNAMED or head[:1].islower() or (hop.name == head and _is_noun(head))
    return "say" if common and is_plural(hop.name) else "says"


def is_joint(hop: Hop) -> bool:
    """Whether two or more people or outlets speak as one ("Ann Day and Ben Hall"); bodies have "and" in their names."""
    return hop.kind in {SourceKind.NAMED_PERSON, SourceKind.NEWS_OUTLET} and " and " in hop.name


def is_generic(hop: Hop) -> bool:
    """Whether the hop is called by a common noun only ("local media", "Recent reports")."""
    return _head(hop.name)[:1].islower()


def is_plural(name: str) -> bool:
    """Whether the head of the name is a plural, as far as its form tells."""
    head = _head(name).lower()
    return (head.endswith("s") and not head.endswith(_NO_PLURAL)) or head in _PLURALS


def listed(names: Sequence[str]) -> str:
    """A, B and C; `names` is not empty."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _head(name: str) -> str:
    words = _AFTER_HEAD.split(name)[0].split()
    return words[-1] if words else ""


def _is_noun(word: str) -> bool:
    """Whether a word with a capital is a common noun that opens its sentence ("Prosecutors said")."""
    return word.lower() in _PLURALS or load_nouns().listed(word.lower()) is not None
