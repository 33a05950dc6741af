"""Spans by where they stand, so that those at a place are found without reading all that the article has."""

from collections import defaultdict
from collections.abc import Iterable

from bot.document import Span

_BLOCK = 256  # characters; about two sentences


class SpanIndex:
    """Numbered spans; a number may have several."""

    def __init__(self, spans: Iterable[tuple[int, Span]]) -> None:
        """Take in the numbers and their spans, in any order."""
        self._blocks: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
        for number, span in spans:
            for block in _blocks(span):
                self._blocks[block].append((number, span))

    def overlapping(self, span: Span) -> list[int]:
        """The numbers with a span that shares a character with this one, ascending, each once."""
        return sorted({n for b in _blocks(span) for n, other in self._blocks.get(b, ()) if other.overlaps(span)})


def _blocks(span: Span) -> range:
    return range(span.start // _BLOCK, span.end // _BLOCK + 1)
