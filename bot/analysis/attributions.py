"""Who says what, as spans: source, cue and content of every attribution in the text.

Everything after this step (naming, kinds, chains, grades) is independent of how the spans were found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import inflect, load_lexicon
from bot.document import Span


class CueClass(StrEnum):
    """What a cue does with its content; decides whether the content can be a claim (rubric, Claim)."""

    SAY = "say"
    THINK = "think"
    SHOW = "show"
    DENY = "deny"
    ACCUSE = "accuse"
    ASK = "ask"
    CALL = "call"
    UNSPECIFIED = "unspecified"
    ACCORDING = "according"
    NOUN = "noun"
    RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAttribution:
    """One attribution as found. `cue` is None where only quotation marks or position tell.

    `source` is None where nobody stands behind the cue. Where a quotation runs on from an earlier sentence, `source`
    points at the speaker there.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    cue_class: CueClass

    @property
    def start(self) -> int:
        """Where the first of its spans starts."""
        return min(s.start for s in (self.source, self.cue, *self.content) if s is not None)


@cache
def cue_forms() -> dict[str, CueClass]:
    """Every inflected form of the cue verbs, in lower case, with its class; the first class listed wins."""
    irregular = load_grammar().irregular
    lexicon = load_lexicon("cues")
    forms: dict[str, CueClass] = {}
    for group in ("say", "deny", "accuse", "call", "ask", "think", "show"):
        for verb in sorted(lexicon[group]):
            for form in inflect(verb, irregular):
                forms.setdefault(form, CueClass(group))
    return forms


def inside_any(span: Span, others: Iterable[Span]) -> bool:
    """Whether the span lies wholly inside one of the others."""
    return any(o.covers(span) for o in others)
