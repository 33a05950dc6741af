"""Proper names in the text: runs of capitalised words, and what their own words tell about the bearer.

Who bears a name is settled in `roster`; here each run is read by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.analysis.name_words import NameWords, load_name_words
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Sentence, Token
from bot.document import Span

_PARTICLES = frozenset("de van von der den bin ibn al el la le du da di dos del ten ter zu e y".split())
_JOINS = frozenset({"of", "for", "on", "and", "&", "the"})
_OPENING_HEADS = frozenset(
    "department ministry office institute bureau commission committee center centers centre agency council board university college bank "
    "church organization organisation association federation union house society school academy court national international royal "
    "museum fund foundation league republic secretary state city county chamber friends mothers doctors workers".split()
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_OPEN = frozenset({'"', "“", "‘", "'", ":", "—", "–", "-", "•", "(", "''", "``", "?", "!", "."})
_MONTH_NAMES = frozenset({"march", "april", "may", "june", "august"})
_TITLE_CASE = 0.6
_LONG_HEADING = 4
_MAX_PERSON = 4
_ACRONYM = 6


class NameKind(StrEnum):
    """What a name names, as far as its own words tell."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    PLACE = "place"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name at one place. `words` are its tokens' texts; `title` the tokens of the same run that stand before it.

    `first` and `last` are the half-open token range in the sentence with index `sentence`.
    """

    span: Span
    words: tuple[str, ...]
    kind: NameKind
    title: tuple[str, ...]
    sentence: int
    first: int
    last: int
    quoted: bool

    @property
    def text(self) -> str:
        """The name on one line."""
        return join_words(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Which words the article writes small, and which it writes large in mid-sentence (all in lower case)."""

    lower: frozenset[str]
    capital: frozenset[str]


def join_words(words: Sequence[str]) -> str:
    """Tokens as running text: no gap before 's, a comma or a closing mark."""
    out = ""
    for word in words:
        tight = not out or word[0] in "'’,.;:%)]”!" or out[-1] in "([“"
        out += word if tight else f" {word}"
    return out


def find_names(article: Article) -> tuple[Name, ...]:
    """Every name of the article in text order; headings in title case are passed over, their capitals tell nothing."""
    prose = [s for s in article.sentences if not in_title_case(s)]
    shapes = Shapes(
        lower=frozenset(t.text for s in article.sentences for t in s.tokens if t.text.islower()),
        capital=frozenset(
            after.low for s in prose for before, after in pairwise(s.tokens) if after.text[0].isupper() and before.text not in _OPEN
        ),
    )
    words = load_name_words()
    return tuple(name for s in prose for name in _names_in(s, shapes, words))


def in_title_case(sentence: Sentence) -> bool:
    """Whether it is a heading with most words capitalised; prose that lists names ends in a full stop."""
    words = [t.text for t in sentence.tokens if t.text[0].isalpha()]
    ended = any(t.text == "." for t in sentence.tokens[-2:])
    return (
        not ended and len(words) > _LONG_HEADING and sum(w[0].isupper() for w in words) > _TITLE_CASE * len(words)
    )


def _names_in(sentence: Sentence, shapes: Shapes, words: NameWords) -> Iterator[Name]:
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        if not _opens_name(tokens, i, shapes, words):
            i += 1
            continue
        end = _run_end(tokens, i, words)
        yield from _read_run(sentence, i, end, words)
        i = end


def _opens_name(tokens: Sequence[Token], i: int, shapes: Shapes, words: NameWords) -> bool:
    token = tokens[i]
    if not token.text[0].isupper():
        return words.brand(token.text) and words.known(token.low)
    if token.low == "the":
        return i + 1 < len(tokens) and tokens[i + 1].text[0].isupper() and (
            i > 0 and tokens[i - 1].text not in '"“.:?!‘' or words.is_outlet(tokens, i)
        )
    following = tokens[i + 1].text if i + 1 < len(tokens) else "."
    if token.low in words.function and not (token.text.isupper() and len(token.text) > 1):
        return token.low in words.ambiguous and following[0].isupper()
    if token.low in words.never or token.low in words.days or (token.low in _MONTH_NAMES and _is_month(tokens, i)):
        return False
    if i > 0 and tokens[i - 1].text not in _OPEN:
        return True
    if token.low in words.openers and not following[0].isupper():
        return words.known(token.low)
    known = token.low in words.given or token.low in words.surnames or words.known(token.low) or token.text.isupper()
    if known or token.low in shapes.capital or following[0].isupper():
        return True
    noun = load_nouns().listed(token.low)
    if noun is not None and token.low.endswith("s") and not words.known(token.low) and not following[0].isupper():
        return False
    plain = token.low in shapes.lower or token.low.endswith(("ing", "ly"))
    return not plain and load_nouns().read_head([token.low]).sense is Sense.UNKNOWN


def _is_month(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1].low if i else ""
    following = tokens[i + 1].text if i + 1 < len(tokens) else "."
    return before in {"in", "of", "since", "by", "until", "last", "this", "early", "late", "mid", "next", "from", "to"} or not following[0].isupper()


def _run_end(tokens: Sequence[Token], start: int, words: NameWords) -> int:
    """Where the run of name words that starts at `start` ends."""
    i, headed = start + 1, tokens[start].low in _OPENING_HEADS
    while i < len(tokens):
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.text[0].isupper() or (token.text.isdigit() and headed and len(token.text) < _LONG_HEADING):
            if token.low in words.days:
                break
            headed = headed or token.low in _OPENING_HEADS or token.low in words.heads
            i += 1
        elif following is not None and following.text[0].isupper() and following.low not in words.days and (
            token.low in _PARTICLES
            or (token.low in _JOINS and headed)
            or (token.low == "'s" and following.low in words.heads)
            or (token.low in {"&", "and"} and _drug_administration(tokens, i, words) and i - start == 1)
        ):
            i += 1
        elif token.low in {"of", "for"} and headed and following is not None and following.low == "the":
            if not (i + 2 < len(tokens) and tokens[i + 2].text[0].isupper()):
                break
            i += 2
        elif token.text == "." and following is not None and following.text[0].isupper() and len(tokens[i - 1].text) == 1:
            i += 1
        elif token.text == "!" and following is not None and following.low in words.endings:
            i += 1
        elif token.text == "," and headed and _ministry_list(tokens, start, i):
            i += 1
        else:
            break
    return i


def _drug_administration(tokens: Sequence[Token], i: int, words: NameWords) -> bool:
    """'Food and Drug Administration': one plain word, 'and', and a name that ends in a head noun."""
    if tokens[i].low == "&":
        return True
    before = tokens[i - 1].low
    if before in words.given or words.known(before) or before in words.heads or before in words.titles:
        return False
    end = i + 1
    while end < len(tokens) and tokens[end].text[0].isupper():
        end += 1
    return end - i > 2 and tokens[end - 1].low in words.heads  # noqa: PLR2004 - two words after 'and' at least


def _ministry_list(tokens: Sequence[Token], start: int, i: int) -> bool:
    """'Ministry of Trade, Industry and Energy'."""
    if not any(t.low == "of" for t in tokens[start:i]) or not any(t.low in {"ministry", "department"} for t in tokens[start:i]):
        return False
    tail = [t.low for t in tokens[i + 1 : i + 6]]
    return i + 1 < len(tokens) and tokens[i + 1].text[0].isupper() and "and" in tail[:4]


def _read_run(sentence: Sentence, start: int, end: int, words: NameWords) -> Iterator[Name]:
    tokens = sentence.tokens
    first = start + 1 if tokens[start].low == "the" and not words.is_outlet(tokens, start) else start
    if first >= end:
        return
    split = _title_end(tokens, first, end, words)
    if split == end:  # nothing but a title: "the President", "Police"
        return
    kind = _kind(tokens[split:end], titled=split > first, the=first > start, words=words)
    yield Name(
        span=Span(start=tokens[split].start, end=tokens[end - 1].end),
        words=tuple(t.text for t in tokens[split:end]),
        kind=kind,
        title=tuple(t.text for t in tokens[first:split]),
        sentence=sentence.index,
        first=split,
        last=end,
        quoted=tokens[split].quoted,
    )


def _title_end(tokens: Sequence[Token], first: int, end: int, words: NameWords) -> int:
    """Where the title part of a run ends: 'U.S. Defense Secretary | Mark Esper'; `first` where there is none."""
    lows = [t.low for t in tokens[first:end]]
    if words.whole(lows) or words.outlet_like(lows, the=first > 0 and tokens[first - 1].low == "the") or (lows[-1] in words.heads and not words.rank_before(lows)):
        return first
    if "of" in lows and lows[0] in _OPENING_HEADS:
        return first
    for i in range(len(lows) - 1, -1, -1):
        if lows[i] in words.titles and "'s" not in lows[i + 1 :]:
            given = lows[i] in words.given and i + 1 < len(lows) and i == 0 and len(lows) == 2  # noqa: PLR2004 - "Dean Smith"
            if i + 1 < len(lows) and not given:
                return first + i + 1
            if i + 1 == len(lows) and (len(lows) == 1 or not lows[0] in words.given) and load_nouns().is_role(lows):
                return end
    return first


def _kind(run: Sequence[Token], *, titled: bool, the: bool, words: NameWords) -> NameKind:
    lows = [t.low.rstrip(".") if len(t.low) > _LONG_HEADING else t.low for t in run]
    phrase = " ".join(lows)
    if words.whole(lows) is not None:
        return NameKind(words.whole(lows) or "unknown")
    if words.outlet_like(lows, the=the):
        return NameKind.OUTLET
    if lows[-1] in words.heads or (len(lows) > 2 and lows[0] in _OPENING_HEADS) or (  # noqa: PLR2004 - head, of, name
        any(h in lows for h in ("'s", "of", "&")) and any(w in words.heads for w in lows)
    ):
        return NameKind.BODY
    if titled and len(run) <= _MAX_PERSON:
        return NameKind.PERSON
    if len(run) == 1:
        text = run[0].text
        if (text.isupper() and 1 < len(text) <= _ACRONYM) or any(c in text for c in ".&@") and len(text) > 3:  # noqa: PLR2004
            return NameKind.BODY
        return NameKind.UNKNOWN
    initial = "." in lows or any(t.text[1:] == "." for t in run[:-1])
    if len(run) - lows.count(".") <= _MAX_PERSON + 1 and (words.given_name(lows[0]) or initial or lows[-1] in _SUFFIXES):
        return NameKind.PERSON
    if lows[0] in words.places and phrase not in words.places:
        return NameKind.BODY if len(run) > 1 and lows[-1] in words.heads else NameKind.UNKNOWN
    return NameKind.UNKNOWN
