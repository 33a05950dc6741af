"""Where names begin and end: runs of capitalised words, with the small words that names may hold.

Who bears a name is settled in `roster`; what a run says by itself, in `name_reading`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lemminflect import getAllLemmas

from bot.analysis.name_reading import read_run
from bot.analysis.name_words import NameWords, load_name_words
from bot.analysis.names import Name, in_title_case, is_compound
from bot.analysis.nouns import load_nouns
from bot.analysis.parsing import Article, Sentence, Token

_JOINS = frozenset({"of", "for", "on", "and", "&", "the"})
_OPEN = frozenset({'"', "“", "‘", "'", ":", "—", "–", "-", "•", "(", "''", "``", "?", "!", "."})
_MONTH_NAMES = frozenset({"march", "april", "may", "june", "august"})
_BEFORE_MONTH = frozenset(
    {"in", "of", "since", "by", "until", "last", "this", "early", "late", "mid", "next", "from", "to"}
)
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_MINISTRIES = frozenset({"ministry", "department"})
_LONGEST_NUMBER = 3
_LIST_WINDOW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Which words the article writes small, and which it writes large in mid-sentence (all in lower case)."""

    lower: frozenset[str]
    capital: frozenset[str]


def find_names(article: Article) -> tuple[Name, ...]:
    """Every name of the article in text order; headings in title case are passed over, their capitals tell nothing."""
    prose = [s for s in article.sentences if not in_title_case(s)]
    shapes = Shapes(
        lower=frozenset(t.text for s in article.sentences for t in s.tokens if t.text.islower()),
        capital=frozenset(
            after.low
            for s in prose
            for before, after in pairwise(s.tokens)
            if after.text[0].isupper() and before.text not in _OPEN
        ),
    )
    words = load_name_words()
    return tuple(name for s in prose for name in _names_in(s, shapes, words))


def _names_in(sentence: Sentence, shapes: Shapes, words: NameWords) -> Iterator[Name]:
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        if not _opens_name(tokens, i, shapes, words):
            i += 1
            continue
        end = _run_end(tokens, i, words)
        name = read_run(sentence, i, end, words)
        if name is not None:
            yield name
        i = end


def _opens_name(tokens: Sequence[Token], i: int, shapes: Shapes, words: NameWords) -> bool:
    token = tokens[i]
    if not token.text[0].isupper():
        return words.brand(token.text) and words.known(token.low)
    if token.low == "the":
        return _opens_with_the(tokens, i, words)
    if is_compound(token.text):
        return False
    followed = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
    if token.low in words.function and not (token.text.isupper() and len(token.text) > 1):
        return token.low in words.ambiguous and followed
    if token.low in words.days or (token.low in _MONTH_NAMES and _is_month(tokens, i)):
        return False
    if token.low in words.opening and i + 2 < len(tokens) and tokens[i + 1].low in {"of", "for"}:
        followed = followed or tokens[i + 2].text[0].isupper()
    return (i > 0 and tokens[i - 1].text not in _OPEN) or _large_by_itself(token, shapes, words, followed=followed)


def _opens_with_the(tokens: Sequence[Token], i: int, words: NameWords) -> bool:
    if i + 1 >= len(tokens) or not tokens[i + 1].text[0].isupper():
        return False
    return (i > 0 and tokens[i - 1].text not in _OPEN) or words.is_outlet(tokens, i)


def _large_by_itself(token: Token, shapes: Shapes, words: NameWords, *, followed: bool) -> bool:
    """Whether a word that opens a sentence or quotation would have its capital elsewhere too."""
    if token.low in words.openers and not followed:
        return words.known(token.low)
    if token.low in words.given or token.low in words.surnames or words.known(token.low) or token.text.isupper():
        return True
    if followed or token.low in shapes.capital:
        return followed or load_nouns().listed(token.low) is None or not token.low.endswith("s")
    plain = token.low in shapes.lower or token.low.endswith(("ing", "ly"))
    return not plain and not getAllLemmas(token.low) and load_nouns().listed(token.low) is None


def _is_month(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1].low if i else ""
    followed = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
    return before in _BEFORE_MONTH or not followed


def _run_end(tokens: Sequence[Token], start: int, words: NameWords) -> int:
    """Where the run of name words that starts at `start` ends."""
    i, headed = start + 1, tokens[start].low in words.opening | words.heads or _are_people_for(tokens, start)
    while i < len(tokens):
        token = tokens[i]
        number = headed and token.text.isdigit() and len(token.text) <= _LONGEST_NUMBER
        if token.low in words.days or token.low in _FIRST_PERSON:
            break
        if token.text[0].isupper() or number:
            headed = headed or token.low in words.opening or token.low in words.heads
            i += 1
            continue
        step = _bridge(tokens, start, i, words, headed=headed)
        if not step:
            break
        i += step
    return i


def _bridge(tokens: Sequence[Token], start: int, i: int, words: NameWords, *, headed: bool) -> int:
    """How many small words or marks at `i` the name runs on over; 0 where it ends."""
    token, following = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None:
        return 0
    if token.low == "to" and headed and _purpose(following, words):
        return 1
    if token.low in {"of", "for"} and headed and following.low == "the":
        return 2 if i + 2 < len(tokens) and tokens[i + 2].text[0].isupper() else 0
    if token.low in words.particles and following.text in words.particles:  # "van der Berg"
        return 2 if i + 2 < len(tokens) and tokens[i + 2].text[0].isupper() else 0
    if not following.text[0].isupper() or following.low in words.days:
        return 0
    plain = (
        token.low in words.particles
        or (token.low in _JOINS and headed and not _starts_another(tokens, start, i, words))
        or (token.low == "'s" and _owned_body(tokens, start, i, words))
        or (token.text == "." and (len(tokens[i - 1].text) == 1 or f"{tokens[i - 1].low}." in words.titles))
        or (token.text == "!" and following.low in words.endings)
    )
    joined = token.low in {"&", "and"} and i - start == 1 and _joins_plain_words(tokens, i, words)
    return int(plain or joined or (token.text == "," and headed and _ministry_list(tokens, start, i)))


def _are_people_for(tokens: Sequence[Token], start: int) -> bool:
    """'(the group) People for Clean Rivers': members of a body and its purpose, with a capital in mid-sentence."""
    following = tokens[start + 1].low if start + 1 < len(tokens) else ""
    noun = load_nouns().read_head([tokens[start].low])
    return start > 0 and following == "for" and noun.plural and (noun.sense.human or tokens[start].low == "people")


def _purpose(token: Token, words: NameWords) -> bool:
    """Whether the word is a verb that tells what a body is for: 'Coalition to | Save Our Parks'."""
    bare = token.low in getAllLemmas(token.low).get("VERB", ())
    return bare and token.text.istitle() and not (token.low in words.given or token.low in words.surnames)


def _starts_another(tokens: Sequence[Token], start: int, i: int, words: NameWords) -> bool:
    """Whether the small word at `i` stands between two names: 'Acme Bank and NASA', 'Acme Bank for Ann Day'."""
    following = tokens[i + 1].low
    if tokens[i].low == "for":
        return following in words.given
    opened = tokens[start].low in words.opening and not {"of", "for"}.isdisjoint(t.low for t in tokens[start:i])
    return tokens[i].low in {"and", "&"} and tokens[i - 1].low in words.heads - {following} and not opened


def _owned_body(tokens: Sequence[Token], start: int, i: int, words: NameWords) -> bool:
    """'Exland's Interior Ministry': a name in front that is no person's, behind 's a name that ends in a head noun."""
    end = i + 1
    while end < len(tokens) and tokens[end].text[0].isupper():
        end += 1
    owner = tokens[i - 1].low
    person = tokens[start].low in words.given or tokens[start].low in words.titles or owner in words.surnames
    titled = tokens[i + 1].low in words.heads and owner in words.titles
    return tokens[end - 1].low in words.heads and (titled or not person)


def _joins_plain_words(tokens: Sequence[Token], i: int, words: NameWords) -> bool:
    """'Food and Drug Administration': one plain word, 'and', and a name that ends in a head noun."""
    if tokens[i].low == "&":
        return True
    before = tokens[i - 1].low
    if before in words.given or words.known(before) or before in words.titles:
        return False
    end = i + 1
    while end < len(tokens) and tokens[end].text[0].isupper():
        end += 1
    return end - i > 2 and tokens[end - 1].low in words.heads  # noqa: PLR2004 - two words after 'and' at least


def _ministry_list(tokens: Sequence[Token], start: int, i: int) -> bool:
    """'Ministry of Trade, Industry and Energy'."""
    run = {t.low for t in tokens[start:i]}
    return "of" in run and bool(run & _MINISTRIES) and "and" in {t.low for t in tokens[i + 1 : i + 1 + _LIST_WINDOW]}
