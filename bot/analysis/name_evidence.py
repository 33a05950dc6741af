"""What the surroundings of a name tell: whether a person bears it or a body.

"Acme, which makes ..." / "Acme chief executive Ann Day" / "Acme's shares" against "Day, who ..." / "Day's wife" /
"Day fell ill. She ...". Each mention casts a vote; the article's votes for one name are added up.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from lemminflect import getAllLemmas

from bot.analysis.attributions import CueClass, cue_forms
from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.name_words import load_name_words
from bot.analysis.names import Name, NameKind
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article, Token
from bot.analysis.syntax import Tree
from bot.analysis.titles import Description

_PERSONAL = frozenset(["he", "she", "his", "her", "him", "himself", "herself"])
_NEUTER = frozenset(["it", "its", "itself"])
_AT = frozenset({"at", "inside", "within", "via", "joined"})
_STRONG = 2
_DOUBT = 4
_REACH = 25
_OPENING = 4


_THINGS = frozenset({Sense.BODY, Sense.RECORD, Sense.OUTLET, Sense.UTTERANCE, Sense.GROUP})
_MOST_WORDS = 4
# Parts that firms and countries play as people do: "its rival Acme", "the owner, Acme".
_EITHER = frozenset(
    {
        "rival",
        "competitor",
        "partner",
        "owner",
        "supplier",
        "sponsor",
        "backer",
        "opponent",
        "ally",
        "creditor",
        "client",
    }
    | {"maker", "developer", "operator", "manufacturer", "provider", "neighbour", "neighbor", "lender", "insurer"}
)


def settle_kinds(
    article: Article,
    names: Sequence[Name],
    told: Sequence[Description],
    callings: Sequence[frozenset[str]],
    trees: Sequence[Tree] = (),
) -> list[NameKind]:
    """What each name names: by its own words, else by the votes of all places where it stands.

    `told` and `callings` go with the names: how people and bodies are described beside them. `trees`, where given,
    go with the article's sentences: the entities that they mark have a vote too.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        places[name.text.lower()].append(i)
    votes = {
        form: sum(weigh(article, names[i], told[i]) for i in at) + _marked([names[i] for i in at], trees)
        for form, at in places.items()
    }
    stems = {
        " ".join(w.lower() for w in n.words[:2]) for n in names if n.kind is NameKind.BODY and len(n.words) > _STRONG
    }
    settled: dict[str, NameKind] = {}
    for form, at in places.items():
        first = next((names[i] for i in at if names[i].kind is not NameKind.UNKNOWN), names[at[0]])
        if len(first.words) == 1:
            titled = any(names[i].title for i in at)
            settled[form] = _settle_single(first, votes[form], titled=titled)
        elif form in stems:
            settled[form] = NameKind.BODY
        else:
            last, start = first.words[-1].lower(), first.words[0].lower()
            alone = votes.get(last, 0) + (1 if last in places and start not in places else 0)
            settled[form] = _settle_run(first, votes[form] + alone)
        if settled[form] in {NameKind.BODY, NameKind.PERSON} and _called_outlet([callings[i] for i in at]):
            settled[form] = NameKind.OUTLET
    return [settled[n.text.lower()] for n in names]


def _called_outlet(callings: Sequence[frozenset[str]]) -> bool:
    """Whether the text calls the bearer a newspaper, a broadcaster or the like ("the daily Norland Ekho")."""
    press = load_lexicon("outlets")["generic"] - load_lexicon("outlets")["no_calling"]
    return any(not press.isdisjoint(called) for called in callings)


def _marked(mentions: Sequence[Name], trees: Sequence[Tree]) -> int:
    """What most of the entities marked at the mentions of one form say: 2 for a person, -1 for anything else."""
    if not trees:
        return 0
    marks = Counter(trees[n.sentence].nodes[n.last - 1].entity for n in mentions)
    persons, others = marks["PERSON"], marks["ORG"] + marks["PLACE"] + marks["NORP"]
    return _STRONG if persons > others else -1 if others > persons else 0


def _settle_single(name: Name, votes: int, *, titled: bool) -> NameKind:
    if name.kind is not NameKind.UNKNOWN:
        return name.kind
    low, words = name.words[0].lower(), load_name_words()
    irish = name.words[0][:2] in {"O'", "O’", "Mc"} and name.words[0][2:3].isupper()
    known = irish or low in words.given or low in words.surnames
    return NameKind.PERSON if titled or votes >= _STRONG or (known and votes > -_DOUBT) else NameKind.BODY


def _settle_run(name: Name, votes: int) -> NameKind:
    """A run of two or more words; those that read as a person's are doubted only on strong evidence."""
    lows, words, nouns = [w.lower() for w in name.words], load_name_words(), load_nouns()
    if name.kind is NameKind.PERSON:
        told = bool(name.title) or votes >= _STRONG  # "manager Ann Brand", for all that a brand is no person
        thing = not told and nouns.listed(lows[-1]) in _THINGS and lows[-1] not in words.surnames
        doubt = votes <= -_STRONG or (votes < 0 and bool(getAllLemmas(lows[-1])) and lows[-1] not in words.surnames)
        return NameKind.BODY if thing or (doubt and not name.title) else NameKind.PERSON
    if name.kind is not NameKind.UNKNOWN:
        return name.kind
    letters = name.words[0].isupper() and len(lows[0]) > 1
    if letters or len(lows) > _MOST_WORDS or any(nouns.listed(low) in _THINGS for low in lows[-2:]):
        return NameKind.BODY
    plain = lows[0] not in words.given and bool(getAllLemmas(lows[0]))
    if votes > 0 or (lows[-1] in words.surnames and votes == 0 and not plain):
        return NameKind.PERSON
    placed = {lows[0], lows[-1]} & (words.places | words.demonyms)
    everyday = bool(getAllLemmas(lows[0])) or (bool(getAllLemmas(lows[-1])) and lows[-1].endswith("s"))
    digits = any(c in name.text for c in "&0123456789")
    return NameKind.BODY if votes < 0 or placed or everyday or digits else NameKind.PERSON


def weigh(article: Article, name: Name, told: Description) -> int:
    """Votes of one mention: above 0 for a person, below 0 for a body, 0 for neither."""
    tokens = article.sentences[name.sentence].tokens
    before = tokens[name.first - 1].low if name.first else ""
    either = not told.age and not told.sex and all(r.lower().split()[-1] in _EITHER for r in told.roles)
    votes = _STRONG if told.tells_person and not either else 0
    votes -= _STRONG if before in {"the", "this"} and not name.title else 0
    votes -= 1 if before in _AT else 0
    votes -= 1 if load_nouns().listed(before) is Sense.BODY else 0
    return votes + _after(tokens, name.last) + _next_pronoun(article, name)


def _after(tokens: Sequence[Token], i: int) -> int:
    """What the words right behind a name tell."""
    lows = [t.low for t in tokens[i : i + 4]]
    if not lows:
        return 0
    if lows[0] == "'s":
        return _owned(lows[1:])
    word = lows[1] if lows[0] == "," and len(lows) > 1 else lows[0]
    if word in {"who", "whose", "which"}:
        return -_STRONG if word == "which" else _STRONG
    role = load_nouns().listed(word) if word == lows[0] and tokens[i].text.islower() else None
    if role in {Sense.ROLE, Sense.SPOKESPERSON, Sense.BODY}:
        return 0 if word in load_lexicon("people")["follower"] else -1
    acts = any(low in load_lexicon("people")["human_act"] for low in lows[:3])
    says = cue_forms().get(word) is CueClass.SAY and lows[1:2] in (["he"], ["she"])
    return int(acts or says)


def _owned(lows: Sequence[str]) -> int:
    """What "Name's ..." tells: kin and a life for a person, shares and roles for a body."""
    senses = [load_nouns().listed(low) for low in lows]
    if Sense.KIN in senses or any(low in load_lexicon("people")["life"] for low in lows):
        return _STRONG
    if any(low in load_lexicon("organizations")["owned"] for low in lows) or Sense.ROLE in senses:
        return -1
    return 0


def _next_pronoun(article: Article, name: Name) -> int:
    """The first third-person pronoun after a name, in its sentence or opening the next, before any other name."""
    sentence = article.sentences[name.sentence]
    before = sentence.tokens[name.first - 1].low if name.first else ""
    if before in load_grammar().prepositions or before == "'s":
        return 0
    rest = list(sentence.tokens[name.last : name.last + _REACH])
    if name.sentence + 1 < len(article.sentences):
        rest += article.sentences[name.sentence + 1].tokens[:_OPENING]
    for token in rest:
        if token.quoted:
            continue
        if token.low in _PERSONAL or token.low in _NEUTER:
            return 1 if token.low in _PERSONAL else -1
        inside = token.start < sentence.span.end and token is not rest[0]
        if inside and token.text[0].isupper() and token.text.isalpha() and token.text != "I":
            return 0
    return 0
