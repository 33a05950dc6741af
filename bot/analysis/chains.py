"""From the page to the origin: who says it, through whom (rubric, Provenance chain)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.cast import Cast, Speaker
from bot.analysis.lexicon import load_lexicon
from bot.analysis.nested_sources import NestedSource, find_nested
from bot.analysis.parsing import Article
from bot.analysis.relays import Relays, find_relays
from bot.document import Span
from bot.report import Hop


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The chain of one attribution's content: its speakers, outermost first. The last is the origin."""

    speakers: tuple[Speaker, ...]

    @property
    def origin(self) -> Speaker:
        """Who stands at the end of the chain."""
        return self.speakers[-1]

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The chain as it stands in a report."""
        return tuple(Hop(name=s.name, kind=s.kind, span=s.span, title=s.title) for s in self.speakers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracer:
    """Follows attributions back to their origins, in one article. `by_outer` is `nested` by the attribution around."""

    article: Article
    cast: Cast
    found: tuple[FoundAttribution, ...]
    nested: tuple[NestedSource, ...]
    by_outer: Mapping[FoundAttribution, Sequence[NestedSource]]
    relays: Relays

    def trace(self, number: int, span: Span) -> Provenance:
        """The chain of what stands at `span` under attribution `number`; never empty."""
        attribution = self.found[number]
        first = self.cast.identify(attribution.source, cue=attribution.cue or attribution.content[0])
        inside = self._inner(number, span)
        relay = self.relays.by_number.get(number)
        chain = [first] if relay is None else [relay, first]
        if inside and first.key in self.relays.ours:
            chain = []  # "the Courier has learned from officials that ...": what we read is no hop
        for inner in inside:
            speaker = self.cast.identify(inner.source, cue=inner.cue)
            if not chain or speaker.key != chain[-1].key or not speaker.key:
                chain.append(speaker)
        return Provenance(speakers=tuple(chain))

    def _inner(self, number: int, span: Span) -> list[NestedSource]:
        """The sources inside the attribution that the span comes from.

        What a speaker was told goes on through the rest of an unbroken quotation (rubric, Hearsay and Reach).
        """
        attribution = self.found[number]
        nested = self.by_outer.get(attribution, ())
        here = [n for n in nested if any(_mostly_in(span, c) for c in n.content)]
        if here:
            return here
        inside = [n for n in nested if n.source is not None and self._is_hearsay(n)]
        earlier = [n for n in inside if max(c.end for c in n.content) <= span.start]
        if earlier or number == 0:
            return earlier[-1:]
        before = self.found[number - 1]
        runs_on = attribution.cue_class is CueClass.RUNNING and before.source == attribution.source
        return self._inner(number - 1, _last_word(before)) if runs_on else []

    def _is_hearsay(self, inner: NestedSource) -> bool:
        """Whether the inner source told the outer one: "I have been told by", "we heard from"."""
        return load_lexicon("nesting").pattern("told", "heard").search(inner.cue.text_in(self.article.text)) is not None


def _last_word(found: FoundAttribution) -> Span:
    end = max(c.end for c in found.content)
    return Span(start=end - 1, end=end)


def _mostly_in(span: Span, content: Span) -> bool:
    shared = min(span.end, content.end) - max(span.start, content.start)
    return shared * 2 > span.end - span.start


def read_provenance(article: Article, cast: Cast, found: Sequence[FoundAttribution]) -> Tracer:
    """Get ready to trace: nested sources, and the outlets that sources spoke to."""
    nested = find_nested(article, found)
    by_outer: dict[FoundAttribution, list[NestedSource]] = {}
    for inner in nested:
        by_outer.setdefault(inner.outer, []).append(inner)
    return Tracer(
        article=article,
        cast=cast,
        found=tuple(found),
        nested=nested,
        by_outer=by_outer,
        relays=find_relays(article, cast, found),
    )
