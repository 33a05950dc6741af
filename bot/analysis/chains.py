"""From the page to the origin: who says it, through whom (rubric, Provenance chain)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.attributions import FoundAttribution
from bot.analysis.cast import Cast, Speaker
from bot.analysis.nested_sources import NestedSource, find_nested, find_outlet_told
from bot.analysis.parsing import Article
from bot.document import Span
from bot.report import Hop, SourceKind

_OUTLETS = frozenset({SourceKind.NEWS_OUTLET, SourceKind.OWN_REPORTING})


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
    """Follows attributions back to their origins, in one article."""

    article: Article
    cast: Cast
    found: tuple[FoundAttribution, ...]
    nested: tuple[NestedSource, ...]
    cited_outlets: frozenset[str]

    def trace(self, number: int, span: Span) -> Provenance:
        """The chain of what stands at `span` under attribution `number`; never empty."""
        attribution = self.found[number]
        first = self.cast.identify(attribution.source, cue=attribution.cue or attribution.content[0])
        chain = [*self._relays(attribution, first), first]
        for inner in self.nested:
            if inner.outer != attribution or not any(_mostly_in(span, c) for c in inner.content):
                continue
            speaker = self.cast.identify(inner.source, cue=inner.cue)
            if speaker.key != chain[-1].key or not speaker.key:
                chain.append(speaker)
        return Provenance(speakers=tuple(chain))

    def _relays(self, attribution: FoundAttribution, speaker: Speaker) -> tuple[Speaker, ...]:
        """The outlet that a source spoke to, where it is another than the one in front of us."""
        told = find_outlet_told(self.article, attribution)
        if told is None or speaker.kind in _OUTLETS:
            return ()
        outlet = self.cast.identify(told, cue=attribution.cue)
        if outlet.key not in self.cited_outlets:
            return ()
        return (outlet,)


def _mostly_in(span: Span, content: Span) -> bool:
    shared = min(span.end, content.end) - max(span.start, content.start)
    return shared * 2 > span.end - span.start


def read_provenance(article: Article, cast: Cast, found: Sequence[FoundAttribution]) -> Tracer:
    """Get ready to trace: nested sources, and which outlets the article cites as an authority.

    An outlet that a source merely "told" may be the one we are reading, which is no hop. Where the publishing outlet is
    not known, only an outlet that the text also cites in its own right counts as another one.
    """
    outlets = set()
    for attribution in found:
        speaker = cast.identify(attribution.source, cue=attribution.cue)
        if speaker.kind is SourceKind.NEWS_OUTLET:
            outlets.add(speaker.key)
    return Tracer(
        article=article,
        cast=cast,
        found=tuple(found),
        nested=find_nested(article, found),
        cited_outlets=frozenset(outlets),
    )
