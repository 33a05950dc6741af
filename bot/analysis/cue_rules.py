"""The first span-finder: cue words, then the noun phrase that speaks and the stretch that is said.

Works sentence by sentence over tokens; quotations are carried over sentences and paragraphs by running_quotations.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.attributions import CueClass, FoundAttribution, cue_forms
from bot.analysis.grammar import Grammar, load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.noun_phrases import phrase_after, phrase_before
from bot.analysis.parsing import Article, Sentence, Token
from bot.document import Span

_STRONG = frozenset("said says told tells tweeted wrote writes testified alleges alleged".split())
_AMBIGUOUS = frozenset(
    "claims reports notes states finds shows estimates comments answers details charges posts forecasts rules messages "
    "texts shares promises pledges vows calls demands requests orders appeals questions wishes hopes fears doubts worries "
    "report claim charge state estimate comment answer detail post forecast rule message text share promise pledge vow "
    "call demand request order appeal question wish hope fear doubt worry email charged ruled posted shared briefed "
    "found detailed proposed estimated recalled added continued determined read reads put lists list records record "
    "documents document supports support highlights capture captures argument suspects suspect labels brands terms".split()
)
_BE = frozenset("is are was were be been being 's 're".split())
_NEGATION = frozenset("not n't never declined refused failed declines refuses to would could might".split())
_ACCORDING = re.compile(r"\b(?:according to|in the words of|per)(?=\s)", re.IGNORECASE)
_ADDRESSED = frozenset("told tell tells telling informed assured reminded briefed warned advised warns informs".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """Token range of a cue verb with what stands around it."""

    first: int
    last: int
    kind: CueClass


def find_in_sentence(article: Article, sentence: Sentence) -> list[FoundAttribution]:
    """All attributions whose cue stands in this sentence, in the order of their cues."""
    found: list[FoundAttribution] = []
    found.extend(_according(article, sentence))
    found.extend(_unspecified(article, sentence, found))
    cues = list(_verb_cues(sentence, load_grammar()))
    for n, cue in enumerate(cues):
        if any(f.source is not None and _inside(sentence, cue, f.source) for f in found):
            continue
        limit = _next_clause(sentence, cues[n + 1 :], load_grammar())
        attribution = _verb_attribution(article, sentence, cue, limit, found)
        if attribution is not None:
            found.append(attribution)
    return sorted(found, key=lambda f: f.cue.start if f.cue else f.start)


def _inside(sentence: Sentence, cue: _Cue, span: Span) -> bool:
    return span.start <= sentence.tokens[cue.first].start < span.end


def _span(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Tokens first..last (half-open) as a span, outer commas, colons and dashes trimmed."""
    while first < last and tokens[first].text in ",:;—–-.":
        first += 1
    while last > first and tokens[last - 1].text in ",:;—–-.":
        last -= 1
    return Span(start=tokens[first].start, end=tokens[last - 1].end) if first < last else None


def _according(article: Article, sentence: Sentence) -> Iterator[FoundAttribution]:
    tokens = sentence.tokens
    for m in _ACCORDING.finditer(article.text, sentence.span.start, sentence.span.end):
        at = next((i for i, t in enumerate(tokens) if t.start >= m.end()), None)
        if at is None or tokens[at].quoted or (m.group().lower() == "per" and not tokens[at].text[:1].isupper()):
            continue
        end = phrase_after(tokens, at, load_grammar())
        cue_at = next(i for i, t in enumerate(tokens) if t.end > m.start())
        before = _span(tokens, 0, cue_at)
        after = _span(tokens, end, len(tokens))
        opens = before is None or before.end - before.start < 12
        content = after if opens else before
        source = _span(tokens, at, end)
        if content is not None and source is not None:
            cue = Span(start=m.start(), end=m.end())
            yield FoundAttribution(source=source, cue=cue, content=(content,), cue_class=CueClass.ACCORDING)


def _unspecified(article: Article, sentence: Sentence, others: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    pattern = load_lexicon("cues").pattern("unspecified")
    tokens = sentence.tokens
    for m in pattern.finditer(article.text, sentence.span.start, sentence.span.end):
        at = next(i for i, t in enumerate(tokens) if t.end > m.start())
        if tokens[at].quoted or any(o.source is not None and o.source.start <= m.start() < o.source.end for o in others):
            continue
        cue = Span(start=m.start(), end=m.end())
        first, last = clause_around(tokens, at, load_grammar())
        content = _span(tokens, first, last)
        by = next((i for i in range(at, last) if tokens[i].low == "by" and tokens[i].start >= m.end()), None)
        source = None
        kind = CueClass.UNSPECIFIED
        if by is not None and "accused" in m.group().lower() and by < at + 6:
            source = _span(tokens, by + 1, phrase_after(tokens, by + 1, load_grammar()))
            kind = CueClass.ACCUSE
        if content is not None:
            yield FoundAttribution(source=source, cue=cue, content=(content,), cue_class=kind)


def clause_around(tokens: Sequence[Token], at: int, grammar: Grammar) -> tuple[int, int]:
    """Token range of the finite clause around token `at`: cut at semicolons and at coordinated clauses."""
    first, last = 0, len(tokens)
    for i in clause_breaks(tokens, grammar):
        if i <= at:
            first = i
        elif i > at + 2:
            last = min(last, i)
    return first, last


def clause_breaks(tokens: Sequence[Token], grammar: Grammar) -> list[int]:
    """Token indexes where a new coordinate clause begins: after ';', or at ', and|but|while' + subject + finite verb.

    Both sides must hold a finite verb, so that coordinated noun phrases stay whole.
    """
    breaks: list[int] = []
    start = 0
    for i, token in enumerate(tokens):
        joins = token.low in {"and", "but", "while", "though", "although", "whereas", "so", "yet"}
        comma = i > 0 and tokens[i - 1].text in {",", "—", "–"}
        if (token.text == ";" or (joins and (comma or token.low == "but"))) and i + 2 < len(tokens):
            left, right = tokens[start:i], tokens[i + 1 :]
            if len(left) > 3 and grammar.has_finite(left) and _opens_clause(right, grammar):
                breaks.append(i)
                start = i
    return breaks


def _opens_clause(tokens: Sequence[Token], grammar: Grammar) -> bool:
    """Whether a run of tokens starts with a subject that a finite verb follows soon."""
    if not tokens or grammar.finite(tokens, 0):
        return False
    for i in range(1, min(len(tokens), 12)):
        if tokens[i].text in {",", ";", ":"} and i < 2:
            return False
        if grammar.finite(tokens, i):
            return True
    return False


def _verb_cues(sentence: Sentence, grammar: Grammar) -> Iterator[_Cue]:
    tokens, forms = sentence.tokens, cue_forms()
    i = 0
    while i < len(tokens):
        two = f"{tokens[i].low} {tokens[i + 1].low}" if i + 1 < len(tokens) else ""
        width = 2 if two in forms else 1 if tokens[i].low in forms else 0
        if width and not tokens[i].quoted and _is_cue(tokens, i, width, grammar):
            yield _Cue(first=i, last=i + width, kind=forms[two if width == 2 else tokens[i].low])  # noqa: PLR2004 - two words
        i += max(1, width)


def _is_cue(tokens: Sequence[Token], i: int, width: int, grammar: Grammar) -> bool:
    low = tokens[i].low
    if tokens[i].text[:1].isupper() and i and not tokens[i].text.isupper() and sum(t.text[:1].isupper() for t in tokens) < len(tokens) // 2:
        return False
    j = i - 1
    while j >= 0 and tokens[j].low in grammar.adverbs and tokens[j].low not in _NEGATION:
        j -= 1
    before = tokens[j].low if j >= 0 else ""
    if before in _NEGATION or before in {"be", "been", "being"} or (before in _BE and low != "saying"):
        return False
    following = tokens[i + width].low if i + width < len(tokens) else "."
    if low in _STRONG:
        return True
    if before in grammar.determiners - {"this", "that", "all", "both", "many", "some"} or before in grammar.prepositions:
        return False
    if before in {"'s", "'"} or before.endswith("s'"):
        return False
    signal = following in {"that", ":", '"', "“", "‘", "he", "she", "it", "they", "there"} or (j >= 0 and tokens[j].text in {'"', "”"})
    if low in _AMBIGUOUS:
        return signal
    return signal or following not in {".", "", "of", "by"}


def _next_clause(sentence: Sentence, later: Sequence[_Cue], grammar: Grammar) -> int:
    """Where the next coordinate clause with a cue of its own begins, as a token index."""
    tokens = sentence.tokens
    breaks = clause_breaks(tokens, grammar)
    for cue in later:
        starts = [b for b in breaks if b < cue.first]
        if starts:
            return starts[-1]
    return len(tokens)


def _verb_attribution(
    article: Article, sentence: Sentence, cue: _Cue, limit: int, found: Sequence[FoundAttribution]
) -> FoundAttribution | None:
    grammar, tokens = load_grammar(), sentence.tokens
    after_first, after_last = cue.last, max(limit if limit > cue.last else len(tokens), cue.last)
    source_first, source_last, inverted = _source(tokens, cue, grammar)
    if inverted:
        after_first = source_last
    before = _content_before(article, tokens, min(cue.first, source_first), grammar)
    after_first = _skip_addressee(tokens, cue, after_first, grammar)
    tail = _content_after(tokens, after_first, after_last, grammar)
    trailing = before is not None and (tail is None or tokens[min(source_first, cue.first) - 1].text in {",", '"', "”", "'", "’", "—", "–"})
    content: list[Span] = []
    if before is not None and (trailing or inverted):
        content.append(before)
        if tail is not None and any(t.quoted for t in tokens[after_first:after_last]):
            content.append(tail)
    elif tail is not None:
        content.append(tail)
    introduces = tokens[-1].text in {":", ","}
    if not content and not introduces:
        return None
    source = _span(tokens, source_first, source_last)
    if tokens[cue.first].low.endswith("ing") and source is None:
        source = next((f.source for f in reversed(found) if f.source is not None), None) or _subject(tokens, cue, grammar)
    if source is None:
        return None
    span = Span(start=tokens[cue.first].start, end=tokens[cue.last - 1].end)
    content = [c for c in content if not c.overlaps(source)]
    return FoundAttribution(source=source, cue=span, content=tuple(content), cue_class=cue.kind) if content or introduces else None


def _source(tokens: Sequence[Token], cue: _Cue, grammar: Grammar) -> tuple[int, int, bool]:
    """Token range of the speaker and whether it follows the cue."""
    previous = tokens[cue.first - 1].text if cue.first else ""
    if cue.last < len(tokens) and previous in {",", '"', "”", "'", "’", "?", "!", "''"} and cue.first > 1:
        end = phrase_after(tokens, cue.last, grammar)
        closes_quote = any(t.text in {'"', "”", "’", "'", "''"} for t in tokens[max(0, cue.first - 2) : cue.first])
        if end > cue.last and (closes_quote or not grammar.has_finite(tokens[end:])) and tokens[cue.last].low not in {"that", "it", "he", "she", "they"}:
            if not (phrase_before(tokens, cue.first, grammar)[0] < cue.first and previous == "," and not closes_quote):
                return cue.last, end, True
    first, last = phrase_before(tokens, cue.first, grammar)
    return first, last, False


def _subject(tokens: Sequence[Token], cue: _Cue, grammar: Grammar) -> Span | None:
    verb = next((i for i in range(cue.first) if grammar.finite(tokens, i)), None)
    if verb is None:
        return None
    first, last = phrase_before(tokens, verb, grammar)
    return _span(tokens, first, last)


def _content_before(article: Article, tokens: Sequence[Token], stop: int, grammar: Grammar) -> Span | None:
    span = _span(tokens, 0, stop)
    if span is None or stop < 1:
        return None
    marks = tokens[stop - 1].text
    quotes = [q for q in article.quotations_in(span) if q.span.end <= tokens[stop - 1].end + 1]
    if quotes and marks in {'"', "”", ",", "'", "’", "''"}:
        last = quotes[-1]
        if last.span.end >= tokens[stop - 1].start:
            first = last.span.start if last.span.start < span.start or not grammar.has_finite(_outside(tokens[:stop])) else span.start
            return Span(start=first, end=span.end)
    return span if marks in {",", "—", "–"} and grammar.has_finite(tokens[:stop]) else None


def _outside(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if not t.quoted]


def _skip_addressee(tokens: Sequence[Token], cue: _Cue, first: int, grammar: Grammar) -> int:
    """Past the person told, the medium and the day: 'told reporters in a statement on Monday that ...'."""
    lexicon = load_lexicon("cues")
    i = first
    if tokens[cue.first].low in _ADDRESSED and i < len(tokens):
        end = i
        while end < len(tokens) and end < i + 8 and not grammar.finite(tokens, end) and tokens[end].text not in {",", ":", '"', "“"} and tokens[end].low != "that":
            end += 1
        words = " ".join(t.low for t in tokens[i:end])
        match = max((len(a.split()) for a in lexicon["addressee"] if (words + " ").startswith(a + " ")), default=0)
        if not match:
            while i + match < end and (tokens[i + match].text[:1].isupper() or tokens[i + match].low in {"the", "a", "an", "of", "'s"}):
                match += 1
        i += match
    while i < len(tokens) and tokens[i].low in {"in", "on", "at", "during", "via", "through", "late", "early", "by", "to"} | load_lexicon("grammar")["month_day"]:
        end = i + 1
        while end < len(tokens) and end < i + 9 and tokens[end].text not in {",", ":", '"', "“"} and tokens[end].low != "that" and not grammar.finite(tokens, end):
            end += 1
        words = {t.low for t in tokens[i:end]}
        medium = words & (lexicon["medium"] | load_lexicon("grammar")["month_day"])
        if not medium:
            break
        last = max(n for n in range(i, end) if tokens[n].low in medium)
        i = last + 1
    return i


def _content_after(tokens: Sequence[Token], first: int, last: int, grammar: Grammar) -> Span | None:
    if first < last and tokens[first].text == "," and last - first > 1 and not any(t.quoted for t in tokens[first:last]) and not grammar.has_finite(tokens[first:last]):
        return None
    while first < last and (tokens[first].low == "that" or tokens[first].text in {",", ":", "—", "–"}):
        first += 1
    if not any(t.text[0].isalnum() for t in tokens[first:last]):
        return None
    words = {t.low for t in tokens[first:last]}
    if words <= load_lexicon("grammar")["month_day"] | {".", "on", "in", "at", ",", "a", "the"} | load_lexicon("cues")["medium"]:
        return None
    return _span(tokens, first, last)
