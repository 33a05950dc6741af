"""Who says what, as spans: source, cue and content of every attribution in the text.

Everything after this step (naming, kinds, chains, grades) is independent of how the spans were found.
"""

import re
from collections.abc import Iterable, Sequence
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
    ACT = "act"  # done or held, not said: "imposed", "backed", "is eager", "declined to"


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

    @property
    def reported(self) -> bool:
        """Whether somebody said, wrote, found or recorded the content, as against doing it or holding an attitude."""
        return self.cue_class is not CueClass.ACT


_VERBS = (
    CueClass.SAY,
    CueClass.DENY,
    CueClass.ACCUSE,
    CueClass.CALL,
    CueClass.ASK,
    CueClass.THINK,
    CueClass.SHOW,
)
_OUTWEIGH = frozenset({CueClass.ACCUSE, CueClass.DENY})
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_LONGEST_CUE = 4  # words, "take responsibility for"


@cache
def cue_forms() -> dict[str, CueClass]:
    """Every inflected form of the cue verbs, in lower case, with its class; the first class listed wins."""
    irregular = load_grammar().irregular
    lexicon = load_lexicon("cues")
    forms: dict[str, CueClass] = {}
    for cue_class in _VERBS:
        for verb in sorted(lexicon[cue_class.value]):
            for form in inflect(verb, irregular):
                forms.setdefault(form, cue_class)
    for phrase in sorted(lexicon["accept"]):
        for form in inflect(phrase, irregular):
            forms.setdefault(form, CueClass.SAY)
    return forms


@cache
def _refusals() -> frozenset[str]:
    return frozenset(
        form for verb in load_lexicon("cues")["refuse"] for form in inflect(verb, load_grammar().irregular)
    )


def classify_cue(cue: str) -> CueClass:
    """The class of a cue by its words: the first that the lexicon knows decides, a longer phrase before a shorter.

    A cue that was not carried out ("declined to say", "did not comment") and one that no list holds is an act; a cue of
    marks alone ("Police:") says.
    """
    words = _WORD.findall(cue.lower().replace("’", "'"))
    lexicon, phrase = load_lexicon("cues"), " ".join(words)
    if not words:
        return CueClass.SAY
    if any(f" {entry} " in f" {phrase} " for entry in lexicon["according"]):
        return CueClass.ACCORDING
    if phrase in lexicon["unspecified"]:
        return CueClass.UNSPECIFIED
    if len(words) > 1 and words[-1].endswith("ing") and cue_forms().get(words[-1]) in _OUTWEIGH:
        return cue_forms()[words[-1]]  # "issued a statement accusing": the statement is the means
    return CueClass.ACT if _not_carried_out(words) else _first_known(words)


def _not_carried_out(words: Sequence[str]) -> bool:
    return bool(_refusals().intersection(words)) or any(w in {"not", "never"} or w.endswith("n't") for w in words[:-1])


def _first_known(words: Sequence[str]) -> CueClass:
    forms, nouns = cue_forms(), load_lexicon("cues")["noun"]
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST_CUE), start, -1):
            part = " ".join(words[start:end])
            if part in forms:
                return forms[part]
            if part in nouns or part.removesuffix("s") in nouns:
                return CueClass.NOUN
    return CueClass.ACT


def inside_any(span: Span, others: Iterable[Span]) -> bool:
    """Whether the span lies wholly inside one of the others."""
    return any(o.covers(span) for o in others)
