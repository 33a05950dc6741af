"""What the tagger yields."""

from dataclasses import dataclass

from bot.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSpans:
    """One attribution as decoded; `certainty` is the probability of its cue."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    certainty: float
