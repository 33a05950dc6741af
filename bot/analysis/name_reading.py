"""What a run of capitalised words says by itself: which part is a title, and what the rest names."""

from collections.abc import Sequence

from bot.analysis.name_words import NameWords
from bot.analysis.names import Name, NameKind
from bot.analysis.nouns import load_nouns
from bot.analysis.parsing import Sentence, Token
from bot.document import Span

_LINKS = frozenset({"of", "for", "on"})
_INSIDE_BODIES = frozenset({"'s", "of", "&"})
_NEWS_BODIES = frozenset({"service", "agency", "network", "radio", "wire", "site"})
# Words that, after "the" and a name, end the name of a newspaper far more often than that of anything else.
_PAPERS = frozenset({"echo", "star", "sun", "mirror", "mail", "guardian", "observer", "advertiser", "standard"})
_ON_AIR = frozenset({"radio", "television", "tv"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_MAX_PERSON = 4
_LONGEST_ACRONYM = 6
_LONGEST_RUN = 8
_SHORT_WITH_MARKS = 3


def read_run(sentence: Sentence, start: int, end: int, words: NameWords) -> Name | None:
    """The name in the tokens start..end, or None where they hold but a title or a people ("the President")."""
    tokens = sentence.tokens
    the = tokens[start].low == "the" and not words.is_outlet(tokens, start)
    first = start + the
    if first == 0 and end > 1 and tokens[0].low in words.verbs and not words.given_name(tokens[0].low):
        first = 1
    paper = start > 0 and tokens[start - 1].low == "the" and tokens[end - 1].low in _PAPERS
    the = the or paper  # "told the Norland Echo"
    long = end - first > _LONGEST_RUN and not any(t.low in _LINKS for t in tokens[first:end])
    if first >= end or long:
        return None
    split = first + _title_length([t.low for t in tokens[first:end]], words, the=the)
    while split < end and tokens[split].text == ".":
        split += 1  # "Cmdr. | Ann Day"
    if split == end:
        return None
    return Name(
        span=Span(start=tokens[split].start, end=tokens[end - 1].end),
        words=tuple(t.text for t in tokens[split:end]),
        kind=_kind(tokens[split:end], words, titled=split > first, the=the),
        title=tuple(t.text for t in tokens[first:split]),
        sentence=sentence.index,
        first=split,
        last=end,
    )


def _title_length(lows: Sequence[str], words: NameWords, *, the: bool) -> int:
    """How many words are title ('Exland Defense Secretary | Ann Day'); all of them where no name follows."""
    known = words.whole(lows) or words.outlet_like(lows, the=the)
    if known or (lows[-1] in words.heads and not (len(lows) > 1 and lows[-2] in words.given)):
        return 0
    if _names_people(lows, words):
        return len(lows)
    split = _before_given_name(lows, words)
    if split or ("of" in lows and lows[0] in words.opening):
        return split
    nouns = load_nouns()
    for i in range(len(lows) - 2, -1, -1):
        listed = nouns.listed(lows[i]) if lows[i + 1] in words.given else None
        role = lows[i] in words.titles or (listed is not None and listed.human)
        first_name = lows[i] in words.given and i == 0 and len(lows) == 2  # noqa: PLR2004 - "Dean Smith"
        if role and not first_name and "'s" not in lows[i + 1 :]:
            return i + 1
    ends_in_role = lows[-1] in words.titles and (len(lows) == 1 or lows[0] not in words.given)
    return len(lows) if ends_in_role and nouns.is_role(lows) else 0


def _before_given_name(lows: Sequence[str], words: NameWords) -> int:
    """Where a given name follows a title or a place: 'Secretary of State | Ann Day', 'the United States | Ann Day'."""
    for i in range(1, len(lows) - 1):
        if lows[i] not in words.given or len(lows) - i > _MAX_PERSON:
            continue
        if words.titles & set(lows[:i]) or " ".join(lows[:i]) in words.places:
            return i
    return 0


def _names_people(lows: Sequence[str], words: NameWords) -> bool:
    """Whether the run ends in a noun for people ('Mexicans', 'Virginia Democrats', 'Police Chief') and is no name."""
    nouns, last = load_nouns(), lows[-1]
    if words.known(last):
        return False
    head = nouns.read_head([last])
    listed = head.sense.human and head.word in nouns.senses
    if last.endswith("s") and (last[:-1] in words.demonyms or (head.plural and listed)):
        return True
    surname = len(lows) > 1 and last in words.surnames
    return listed and not surname and not _LINKS & set(lows) and lows[0] not in words.given


def _kind(run: Sequence[Token], words: NameWords, *, titled: bool, the: bool) -> NameKind:
    lows = [t.low for t in run]
    whole = words.whole(lows)
    if whole is not None:
        return NameKind(whole)
    station = run[0].text.isupper() and lows[0] in words.networks and not titled
    station = station or (lows[0] in _ON_AIR and len(run) > 1 and not titled)  # "Radio Norland"
    if station or words.outlet_like(lows, the=the) or ("news" in lows and lows[-1] in _NEWS_BODIES):
        return NameKind.OUTLET
    if _reads_as_body(lows, words):
        return NameKind.BODY
    if titled and len(run) <= _MAX_PERSON:
        return NameKind.PERSON
    if len(run) == 1:
        return NameKind.BODY if _is_acronym(run[0].text) else NameKind.UNKNOWN
    initial = "." in lows or any(t.text[1:] == "." for t in run[:-1])
    personal = words.given_name(lows[0]) or initial or lows[-1] in _SUFFIXES
    short = len(run) - lows.count(".") <= _MAX_PERSON + 1
    return NameKind.PERSON if personal and short else NameKind.UNKNOWN


def _reads_as_body(lows: Sequence[str], words: NameWords) -> bool:
    if lows[-1] in words.heads or (len(lows) > 2 and lows[0] in words.opening):  # noqa: PLR2004 - head, of, name
        return True
    return bool(_INSIDE_BODIES & set(lows)) and any(low in words.heads for low in lows)


def _is_acronym(text: str) -> bool:
    letters = text.isupper() and 1 < len(text) <= _LONGEST_ACRONYM
    return letters or (any(c in text for c in ".&@") and len(text) > _SHORT_WITH_MARKS)
