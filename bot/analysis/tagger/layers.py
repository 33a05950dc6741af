"""One layer, each passage once: what the annotation that the model learned from takes for granted."""

from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.tagger.spans import TaggedSpans

_REACH = 24  # cues, more than the words of a window hold


def keep_one_layer(found: Sequence[TaggedSpans]) -> tuple[TaggedSpans, ...]:
    """The attributions less those whose cue stands in another's content, and less passages claimed twice.

    In the order of their cues, given and returned. Whoever has a passage for its only content keeps it; others that
    claim it among more give it up.
    """
    outer = [f for n, f in enumerate(found) if not any(_speaks_of(g, f) for g in _neighbours(found, n))]
    sole = {f.content[0] for f in outer if len(f.content) == 1}
    kept: list[TaggedSpans] = []
    for f in outer:
        content = tuple(c for c in f.content if c not in sole)
        kept.append(replace(f, content=content) if content and len(f.content) > 1 else f)
    return tuple(kept)


def _neighbours(found: Sequence[TaggedSpans], n: int) -> Sequence[TaggedSpans]:
    # Cues come in order and contents stand in their cue's window, so that farther ones cannot reach.
    return [*found[max(0, n - _REACH) : n], *found[n + 1 : n + 1 + _REACH]]


def _speaks_of(outer: TaggedSpans, inner: TaggedSpans) -> bool:
    return outer.certainty >= inner.certainty and any(c.covers(inner.cue) for c in outer.content)
