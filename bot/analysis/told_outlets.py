"""The outlets that sources spoke to: "told The Courier", "in an interview with Radio 9", "obtained by the Gazette".

The patterns are general grammar; what an outlet's name looks like is told by `outlets.toml`.
"""

from collections.abc import Sequence

from bot.analysis.attributions import FoundAttribution
from bot.analysis.lexicon import load_lexicon
from bot.analysis.nouns import load_nouns
from bot.analysis.parsing import Article, Token
from bot.document import Span

_LEADING = (  # what leads to an outlet's name, and the prepositions between
    ("speaking", {"to", "with"}),
    ("occasion", {"with", "on", "for", "to", "in"}),
    ("appearing", {"on", "by", "in", "for"}),
    ("stating", {"to"}),
    ("handing", {"by", "to", "with"}),
)


def _words(group: str) -> frozenset[str]:
    return load_lexicon("nesting")[group]


def find_outlet_told(article: Article, attribution: FoundAttribution) -> Span | None:
    """The named outlet that the source spoke to ("told The Courier", "in an interview with Radio 9"), else None.

    "Told reporters" names no outlet. The passage between the words of saying and the content is searched, and the
    sentence around them.
    """
    if attribution.cue is None:
        return None
    sentence = article.sentence_at(attribution.cue.start)
    if sentence is None:
        return None
    tokens = sentence.tokens
    source, handing = attribution.source, _words("handing")
    for i in range(len(tokens) - 1):
        at = tokens[i].start
        own = source is not None and source.start <= at < source.end and tokens[i].low not in handing
        if own or any(b.start <= at < b.end for b in attribution.content):
            continue
        start = _after_telling(tokens, i)
        if start is not None:
            end = _name_end(tokens, start)
            if _is_the_outlet(tokens, start):
                return Span(start=tokens[start].start, end=tokens[start + 1].end)
            if end > start and _is_outlet(tokens[start:end]):
                return Span(start=tokens[start].start, end=tokens[end - 1].end)
    return None


def _after_telling(tokens: Sequence[Token], i: int) -> int | None:
    """Where the outlet's name may start, if token `i` opens such a phrase."""
    low, following = tokens[i].low, tokens[i + 1].low
    if low in _words("telling"):
        return i + 1
    follows = any(low in _words(group) and following in prepositions for group, prepositions in _LEADING)
    return i + 2 if follows else None


def _is_the_outlet(tokens: Sequence[Token], start: int) -> bool:
    """Whether "the outlet", "the newspaper" stands here: which one is for the cast to say."""
    if start + 1 >= len(tokens) or tokens[start].low not in {"the", "that", "this"}:
        return False
    further = tokens[start + 2] if start + 2 < len(tokens) else None
    goes_on = further is not None and load_nouns().listed(further.low) is not None
    return tokens[start + 1].low in load_lexicon("nesting")["outlet_noun"] and not goes_on


def _name_end(tokens: Sequence[Token], start: int) -> int:
    end = start
    while end < len(tokens) and (
        tokens[end].text[:1].isupper()
        or (end == start and tokens[end].low == "the")
        or (end > start and tokens[end].text[0].isdigit())
        or (end > start and tokens[end].low == "of" and end + 1 < len(tokens) and tokens[end + 1].text[:1].isupper())
    ):
        end += 1
    return end


def _is_outlet(tokens: Sequence[Token]) -> bool:
    outlets = load_lexicon("outlets")
    words = [t.low for t in tokens]
    bare = words[1:] if words[0] == "the" else words
    if not bare:
        return False
    for end in range(len(bare), 0, -1):
        if " ".join(bare[:end]) in outlets["name"] or (
            bare != words and f"the {' '.join(bare[:end])}" in outlets["name"]
        ):
            return True
    ends_like_one = bare[-1] in outlets["ending"]
    return ends_like_one and (bare[-1] not in outlets["weak_ending"] or words[0] == "the" or len(bare) > 1)
