"""Word-level knowledge of English: which token can be a finite verb, a determiner, a name.

No tagger is at hand, so the answers are cautious: `finite` says yes only to forms that seldom are anything else
in their position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.lexicon import inflect, load_lexicon
from bot.analysis.parsing import Token

_SHORTEST_PAST = 5  # letters: "asked"; shorter ones are "bed", "need"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Closed classes and verb forms, all in lower case. `cue_class` maps a cue verb's form to its classes."""

    auxiliaries: frozenset[str]
    past_forms: frozenset[str]
    present_forms: frozenset[str]
    adverbs: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    coordinators: frozenset[str]
    connectives: frozenset[str]
    irregular: dict[str, tuple[str, ...]]

    def finite(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether token `i` is, as far as form and neighbours tell, a finite verb."""
        low = tokens[i].low
        if low in self.auxiliaries:
            return not (low == "'s" and i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper())
        before = tokens[i - 1].low if i else ""
        if tokens[i].text[:1].isupper() or before in self.auxiliaries or before in {"to", "be", "been", "being"}:
            return False
        if low in self.past_forms or (low.endswith("ed") and "-" not in low and len(low) >= _SHORTEST_PAST):
            return self._can_have_subject(before)
        return low in self.present_forms and self._can_have_subject(before) and not before.endswith(("'s", "’s"))

    def _can_have_subject(self, before: str) -> bool:
        if before in {"which", "who", "that", "it", "this", "one", "all", "both", "these", "those", "some", "many"}:
            return True
        return (
            bool(before) and before not in self.determiners and before not in self.prepositions and before[:1].isalnum()
        )

    def has_finite(self, tokens: Sequence[Token]) -> bool:
        """Whether any token of the run is a finite verb."""
        return any(self.finite(tokens, i) for i in range(len(tokens)))


@cache
def load_grammar() -> Grammar:
    """The grammar of `lexicons/grammar.toml`."""
    lexicon = load_lexicon("grammar")
    irregular = {e.split("/")[0]: tuple(e.split("/")[1:]) for e in lexicon["irregular"]}
    verbs = lexicon["common_verb"] | {v for g in ("say", "think", "show") for v in load_lexicon("cues")[g]}
    single = {v for v in verbs if " " not in v} | set(irregular)
    past = {f for forms in irregular.values() for f in forms[:1]}
    past |= {form for v in single for form in inflect(v, irregular)[3:4]}
    present = {inflect(v, irregular)[1] for v in single} | {"say", "believe", "think", "want", "need", "have", "remain"}
    return Grammar(
        auxiliaries=lexicon["auxiliary"],
        past_forms=frozenset(past),
        present_forms=frozenset(present),
        adverbs=lexicon["adverb"],
        determiners=lexicon["determiner"],
        prepositions=lexicon["preposition"],
        subordinators=lexicon["subordinator"],
        coordinators=lexicon["coordinator"],
        connectives=lexicon["connective"],
        irregular=irregular,
    )
