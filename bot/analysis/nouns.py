"""What a common noun names when it speaks: a person, a body, a record, an utterance, an outlet, a group.

Judged by the head of the phrase against the lexicons, longest entry first, then by its ending.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from bot.analysis.lexicon import load_lexicon


class Sense(StrEnum):
    """The classes of speaking nouns that matter for the kind of a source."""

    SPOKESPERSON = "spokesperson"
    ANONYMOUS = "anonymous"
    KIN = "kin"
    ROLE = "role"
    PERSON = "person"
    GROUP = "group"
    BODY = "body"
    OUTLET = "outlet"
    UTTERANCE = "utterance"
    RECORD = "record"
    UNKNOWN = "unknown"

    @property
    def human(self) -> bool:
        """Whether the noun names one person or several."""
        return self in _HUMAN


_HUMAN = frozenset({Sense.SPOKESPERSON, Sense.ANONYMOUS, Sense.KIN, Sense.ROLE, Sense.PERSON})
# Endings of agent nouns (Quirk et al. 1985, I.31-I.43).
_AGENT_ENDINGS = ("er", "or", "ist", "ian", "eer", "man", "woman", "ee", "ant")
# Plurals that no rule forms, and nouns in -s that are none.
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "kids": "kid",
    "wives": "wife",
    "media": "media",
    "data": "data",
    "analyses": "analysis",
    "spokespeople": "spokesperson",
    "salespeople": "salesperson",
    "clergy": "clergy",
}
_NO_PLURAL = frozenset({"press", "news", "series", "analysis", "census", "business", "congress", "boss"})
_LONGEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """The head of a phrase: its singular form, what it names, whether it is plural, and how many words it takes."""

    word: str
    sense: Sense
    plural: bool
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """The nouns of the lexicons by sense, singular, lower case."""

    senses: dict[str, Sense]
    males: frozenset[str]
    females: frozenset[str]

    def read_head(self, words: Sequence[str]) -> Noun:
        """The head noun that ends the phrase (lower-case words, at least one)."""
        for width in range(min(_LONGEST, len(words)), 0, -1):
            phrase = " ".join(words[-width:])
            for form, plural in _singulars(phrase):
                sense = self.senses.get(form)
                if sense is not None:
                    return Noun(word=form, sense=sense, plural=plural or sense is Sense.GROUP, width=width)
        last = words[-1].rpartition("-")[2]
        for form, plural in _singulars(last):
            if len(form) > 4 and form.endswith(_AGENT_ENDINGS):  # noqa: PLR2004 - shorter words are no agent nouns
                return Noun(word=form, sense=Sense.PERSON, plural=plural, width=1)
        form, plural = next(iter(reversed(_singulars(last))))
        return Noun(word=form, sense=Sense.UNKNOWN, plural=plural, width=1)

    def listed(self, word: str) -> Sense | None:
        """The sense of a single word, singular or plural, if the lexicons list it."""
        for form, _ in _singulars(word):
            if form in self.senses:
                return self.senses[form]
        return None

    def is_role(self, words: Sequence[str]) -> bool:
        """Whether the phrase ends in a role that a person holds (office, rank, profession, kin, spokesperson)."""
        return bool(words) and self.read_head(words).sense.human

    def is_listed_role(self, words: Sequence[str]) -> bool:
        """Whether the phrase ends in a role that the lexicons list, so that it may stand right before a name."""
        noun = self.read_head(words)
        return noun.sense.human and noun.word in self.senses and noun.word not in {"one", "fellow", "year-old"}

    def sex_of(self, words: Sequence[str]) -> str | None:
        """'m' or 'f' where the head noun tells it."""
        head = words[-1] if words else ""
        return "m" if head in self.males else "f" if head in self.females else None


@lru_cache(maxsize=1 << 14)
def _singulars(phrase: str) -> tuple[tuple[str, bool], ...]:
    """Candidate singular forms of a noun (phrase), the form itself first, with whether each makes it a plural."""
    before, gap, word = phrase.rpartition(" ")
    if word in _IRREGULAR:
        return ((before + gap + _IRREGULAR[word], word not in {"media", "data", "clergy"}),)
    forms = [(phrase, False)]
    if word.endswith("s") and not word.endswith("ss") and word not in _NO_PLURAL:
        if word.endswith("ies"):
            forms.append((before + gap + word[:-3] + "y", True))
        if word.endswith(("ches", "shes", "xes", "sses")):
            forms.append((before + gap + word[:-2], True))
        if word.endswith("men's"):
            return tuple(forms)
        forms.append((before + gap + word[:-1], True))
    if word.endswith("men"):
        forms.append((before + gap + word[:-2] + "an", True))
    return tuple(forms)


@cache
def load_nouns() -> Nouns:
    """The nouns of people.toml, organizations.toml, documents.toml and outlets.toml; the first sense listed wins."""
    people, bodies = load_lexicon("people"), load_lexicon("organizations")
    records, outlets = load_lexicon("documents"), load_lexicon("outlets")
    order = (
        (Sense.SPOKESPERSON, people["spokesperson"]),
        (Sense.ANONYMOUS, people["anonymous"]),
        (Sense.KIN, people["kin"]),
        (Sense.ROLE, people["office"] | people["rank"] | people["profession"]),
        (Sense.PERSON, people["person"]),
        (Sense.UTTERANCE, records["utterance"]),
        (Sense.RECORD, records["record"]),
        (Sense.OUTLET, outlets["generic"]),
        (Sense.BODY, bodies["short_form"] | bodies["head"] | bodies["government"]),
        (Sense.GROUP, people["group"]),
    )
    senses: dict[str, Sense] = {}
    for sense, words in order:
        for word in words:
            if sense is not Sense.BODY or not any(form in senses for form, _ in _singulars(word)):
                senses.setdefault(word, sense)  # "records" end the name of a label, but as a common noun are records
    for plural_only in ("people", "authorities"):
        senses.pop(plural_only, None)
    senses["authorities"] = Sense.GROUP
    return Nouns(senses=senses, males=people["male"], females=people["female"])
