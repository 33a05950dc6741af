"""The words that names are made of: given names, titles, heads of bodies, outlets and places by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.nouns import load_nouns
from bot.analysis.parsing import Token

_QUESTION_WORDS = frozenset({"what", "who", "how", "why", "where", "whose", "which", "there", "here", "yes", "no"})
_LONGEST_OUTLET = 5
_EDITIONS = frozenset({"evening", "morning", "daily", "weekly"})  # "the Evening Star"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Sets of lower-case words and phrases. `wholes` maps a full name to what it names."""

    male: frozenset[str]
    female: frozenset[str]
    given: frozenset[str]
    ambiguous: frozenset[str]
    surnames: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    places: frozenset[str]
    demonyms: frozenset[str]
    wholes: dict[str, str]
    endings: frozenset[str]
    weak_endings: frozenset[str]
    days: frozenset[str]
    networks: frozenset[str]
    opening: frozenset[str]
    particles: frozenset[str]
    function: frozenset[str]
    openers: frozenset[str]
    verbs: frozenset[str]

    def known(self, low: str) -> bool:
        """Whether the one word is the whole name of a known body, outlet or place."""
        return low in self.wholes

    def given_name(self, low: str) -> bool:
        """Whether the word, or both parts of a hyphened one, is a given name."""
        return (
            low in self.given or low in self.ambiguous or ("-" in low and low.split("-", maxsplit=1)[0] in self.given)
        )

    def whole(self, lows: Sequence[str]) -> str | None:
        """What the whole run names if it is known by name: body, outlet or place."""
        phrase = " ".join(lows)
        return self.wholes.get(phrase) or self.wholes.get(phrase.removeprefix("the "))

    def is_outlet(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether an outlet whose name begins with 'The' starts here."""
        for width in range(_LONGEST_OUTLET, 1, -1):
            run = tokens[i : i + width]
            if i + width < len(tokens) and tokens[i + width].text[0].isupper():
                continue
            if (
                len(run) == width
                and all(t.text[0].isupper() for t in run)
                and self.wholes.get(" ".join(t.low for t in run)) == "outlet"
            ):
                return True
        return False

    def outlet_like(self, lows: Sequence[str], *, the: bool) -> bool:
        """Whether a name ends as newspapers and broadcasters do ('... Times', 'the Daily ...')."""
        if len(lows) < 2 or lows[-1] not in self.endings:  # noqa: PLR2004 - one word tells nothing
            return False
        if lows[-1] not in self.weak_endings:
            return True
        rest = lows[:-1]
        edition = rest[-1] in _EDITIONS
        told = edition or any(w in self.endings or w in self.demonyms for w in rest)
        return the or told or " ".join(rest) in self.places

    def brand(self, text: str) -> bool:
        """Whether a word with a small first letter is a brand ('iRobot', 'eBay')."""
        return len(text) > 2 and text[0].islower() and text[1].isupper() and text.isalnum()  # noqa: PLR2004 - two letters are no brand

    def sex_of_given(self, low: str) -> str | None:
        """'m' or 'f' where the given name tells it."""
        low = low if low in self.given else low.split("-", maxsplit=1)[0]
        return "m" if low in self.male else "f" if low in self.female else None


def sex_of_address(word: str) -> str | None:
    """'m' or 'f' where a form of address tells it."""
    people = load_lexicon("people")
    low = word.lower()
    return "m" if low in people["honorific_male"] else "f" if low in people["honorific_female"] else None


@cache
def load_name_words() -> NameWords:
    """The word lists of given_names, people, organizations, outlets and places, arranged for reading names."""
    people, bodies, outlets = load_lexicon("people"), load_lexicon("organizations"), load_lexicon("outlets")
    places, given, grammar = load_lexicon("places"), load_lexicon("given_names"), load_grammar()
    located = places["country"] | places["capital"] | places["region"]
    wholes = dict.fromkeys(sorted(located | places["demonym"]), "place")
    wholes |= dict.fromkeys(sorted(bodies["government"] | bodies["acronym"] | bodies["company"]), "body")
    wholes |= dict.fromkeys(sorted(outlets["name"]), "outlet")
    wholes = {name: kind for name, kind in wholes.items() if name not in bodies["everyday"]}
    titles = people["office"] | people["rank"] | people["profession"] | people["spokesperson"]
    titles |= people["honorific"] | people["honorific_male"] | people["honorific_female"]
    one_word = frozenset(t.rsplit(" ", 1)[-1] for t in titles) - people["no_title_word"]
    function = grammar.determiners | grammar.prepositions | grammar.subordinators | grammar.coordinators
    function |= grammar.connectives | grammar.auxiliaries | load_lexicon("grammar")["pronoun_first"] | _QUESTION_WORDS
    for group in ("pronoun_person", "pronoun_plural", "pronoun_thing", "adverb"):
        function |= load_lexicon("grammar")[group]
    common = frozenset(load_nouns().senses) | people["group"] | _QUESTION_WORDS | {"police"}
    return NameWords(
        male=given["male"],
        female=given["female"],
        given=given["male"] | given["female"] | given["either"],
        ambiguous=given["ambiguous"],
        surnames=given["surname"],
        titles=one_word,
        heads=frozenset(h for h in bodies["head"] if " " not in h) - bodies["weak_head"],
        places=located,
        demonyms=places["demonym"],
        wholes=wholes,
        endings=outlets["ending"],
        weak_endings=outlets["weak_ending"],
        days=places["calendar"],
        networks=outlets["network"],
        opening=bodies["opening"],
        particles=given["particle"],
        function=function,
        verbs=grammar.present_forms | grammar.past_forms,
        openers=common | grammar.present_forms | grammar.past_forms,
    )
