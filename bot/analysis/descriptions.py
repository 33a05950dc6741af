"""What a definite phrase like "the minister", "the company", "the study" points back at."""

from collections import Counter
from collections.abc import Sequence

from lemminflect import getAllLemmas

from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Mention
from bot.analysis.name_words import load_name_words
from bot.analysis.names import NameKind
from bot.analysis.nouns import Noun, Sense, load_nouns
from bot.analysis.roster import Member, Roster

_FAR = 60
_LOOK_BACK = 40
_OFTEN = 4
_STEM = 6
_NEAR = 2
_OF_PAPERS = frozenset({"trade", "local", "daily", "weekly", "same", "regional"})
_POSSESSIVES = frozenset({"his", "her", "their", "its"})


class Story:
    """The article as far as it has been settled: mentions in order, and what the first ones mean."""

    def __init__(self, mentions: Sequence[Mention], roster: Roster, *, outlet: str | None = None) -> None:
        own = (outlet or "").lower().removeprefix("the ")
        self.mentions = mentions
        self.roster = roster
        self.roots: list[str] = []
        self.people: Counter[str] = Counter()
        self.outlets = {
            m.key
            for m in roster.members.values()
            if m.kind is NameKind.OUTLET and m.name.lower().removeprefix("the ") != own
        }

    def settle(self, root: str) -> None:
        """Note what the next mention means."""
        self.roots.append(root)
        member = self.roster.members.get(root)
        if member is not None and member.kind is NameKind.PERSON:
            self.people[root] += 1

    def member(self, i: int) -> Member | None:
        """The member of the cast that mention `i` means."""
        return self.roster.members.get(self.roots[i])


def find_described(story: Story, at: int) -> str | None:
    """The root of what the definite phrase at `at` means, or None: it introduces somebody or something new."""
    phrase = story.mentions[at]
    noun = phrase.noun
    if noun is None or not phrase.definite:
        return None
    earlier = _earlier(story, at, phrase, noun)
    if noun.plural:
        return earlier
    if noun.sense is Sense.BODY and not phrase.marks and (earlier is None or earlier.startswith("#")):
        return _latest_body(story, phrase, noun.word) or earlier
    if earlier is None and noun.word == "paper" and phrase.modifiers <= {phrase.opener, *_OF_PAPERS}:
        near = range(max(0, at - _LOOK_BACK), at)
        outlets = (i for i in reversed(near) if story.roots[i] in story.outlets)
        told = next((i for i in outlets if phrase.sentence - story.mentions[i].sentence <= _NEAR), None)
        earlier = story.roots[told] if told is not None else None
    if earlier is not None or noun.sense is Sense.BODY:
        return earlier
    if noun.sense is Sense.OUTLET:
        return next((r for r in reversed(story.roots[-_FAR:]) if r in story.outlets), None)
    return _person_described(story, at, phrase, noun) if noun.sense.human else None


def _earlier(story: Story, at: int, phrase: Mention, noun: Noun) -> str | None:
    """An earlier mention that the phrase takes up: a name or title with its noun, the same noun, a like study."""
    records = load_lexicon("documents")
    alike = next((records[g] for g in ("study", "moving_image") if noun.word in records[g]), frozenset())
    if noun.sense is Sense.ANONYMOUS:
        alike = load_lexicon("people")["anonymous"]  # "an insider ... the source"
    akin: str | None = None
    for i in range(at - 1, max(-1, at - 1 - _FAR), -1):
        other, member = story.mentions[i], story.member(i)
        if member is not None and not noun.plural and _fits(member, noun):
            if _marked_alike(phrase, member, human=noun.sense.human):
                return story.roots[i]
            continue
        if other.noun is None or other.noun.plural != noun.plural or not phrase.marks <= other.marks:
            continue
        if _takes_up(other, phrase, noun):
            return story.roots[i]
        if akin is None and other.noun.word in alike:
            akin = story.roots[i]
    return akin


def _marked_alike(phrase: Mention, member: Member, *, human: bool) -> bool:
    """Whether the phrase's own names fit what is told of the member ('the Exland minister', not another country's)."""
    if not human:
        return phrase.marks <= member.words
    told = {word for title in (*member.titles, *member.affiliations) for word in title.split()}
    plain = load_lexicon("people")["title_modifier"]
    named = {w.lower() for w in told if w[0].isupper() and w.lower() not in plain and not _is_role(w.lower())}
    return not named or not phrase.marks or bool(phrase.marks & named)


def _is_role(low: str) -> bool:
    sense = load_nouns().listed(low)
    return low in load_name_words().titles or (sense is not None and sense.human)


def _adds_nothing(other: Mention, phrase: Mention) -> bool:
    """Whether the earlier phrase has no modifier that the later one lacks ('the shipping company', 'the company')."""
    return other.modifiers - {other.opener} <= phrase.modifiers


def _takes_up(other: Mention, phrase: Mention, noun: Noun) -> bool:
    """Whether a phrase takes up an earlier one with its noun; 'the interior ministry' goes on as 'the ministry'."""
    if other.noun is None:
        return False
    if other.noun.word == noun.word and (noun.sense is not Sense.BODY or _adds_nothing(other, phrase)):
        return True
    authority = noun.word in load_lexicon("organizations")["says_itself"] and other.definite
    return authority and other.noun.word.endswith(f" {noun.word}") and phrase.modifiers <= {phrase.opener}


def _fits(member: Member, noun: Noun) -> bool:
    """Whether a member is what a head noun says: a person by title, a body or work by a word of the name."""
    if noun.sense.human:
        return member.kind is NameKind.PERSON and noun.word.split()[-1] in member.title_heads
    told = member.words | member.callings
    return noun.sense in {Sense.BODY, Sense.RECORD} and member.kind is NameKind.BODY and noun.word in told


def _person_described(story: Story, at: int, phrase: Mention, noun: Noun) -> str | None:
    if noun.word == "year-old":
        aged = next((k for mark in phrase.marks for k in story.roster.aged.get(mark, ())), None)
        return aged or _last_subject(story, at)
    ahead = story.roster.titled.get(noun.word.split()[-1], ())
    if len(ahead) == 1:
        return ahead[0]
    if phrase.opener in _POSSESSIVES:
        return None
    if phrase.marks and not _only_places(phrase.marks):
        return None
    near = _last_subject(story, at)
    return near or (_protagonist(story, noun) if noun.word in load_lexicon("people")["public_role"] else None)


def _only_places(marks: frozenset[str]) -> bool:
    """Whether the phrase's own names are of places or camps ('the California congressman', 'the Tory candidate')."""
    words, camps = load_name_words(), load_lexicon("people")["party_word"]
    return any(mark in words.places or mark in words.demonyms or mark in camps for mark in marks) or "new" in marks


def _protagonist(story: Story, noun: Noun) -> str | None:
    """The person the article is about: the one mentioned most so far, if often and not of the other sex."""
    counts = story.people.most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[1][1] * 2 > counts[0][1]):
        return None
    sex, told = story.roster.members[counts[0][0]].sex, load_nouns().sex_of([noun.word])
    return counts[0][0] if sex is None or told is None or sex == told else None


def _last_subject(story: Story, at: int) -> str | None:
    """The person who is the subject of the sentence before, if nothing told of them stands against the role."""
    first: int | None = None
    here = story.mentions[at].sentence
    for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        other = story.mentions[i]
        if here - other.sentence > 1:
            break
        if other.subject and not other.quoted and other.sentence < here:
            first = i
    member = story.member(first) if first is not None else None
    return member.key if member is not None and _open_to(member, story.mentions[at]) else None


def _open_to(member: Member, phrase: Mention) -> bool:
    """Whether nothing told of the person so far stands against the role that the phrase names."""
    if member.kind is not NameKind.PERSON or phrase.noun is None:
        return False
    word, public = phrase.noun.word, load_lexicon("people")["public_role"]
    told = load_nouns().sex_of([word])
    if told is not None and member.sex is not None and told != member.sex:
        return False
    aged = word == "year-old"
    if phrase.noun.sense is Sense.PERSON and not aged and word not in public:
        return False
    return aged or not member.titles or (word in public and bool(public & member.title_heads))


def _latest_body(story: Story, phrase: Mention, word: str) -> str | None:
    """The body that 'the company', 'the union' means: one of its kind by name, else one that acts, else the last."""
    bodies = load_lexicon("organizations")
    word = word.rpartition(" ")[2]
    if word in bodies["says_itself"]:
        return None
    anywhere = word in bodies["company_word"] | bodies["any_body_word"]
    last = acting = None
    near = far = 0
    for i in range(len(story.roots) - 1, max(-1, len(story.roots) - 1 - _FAR), -1):
        other, member = story.mentions[i], story.member(i)
        if not anywhere and phrase.sentence - other.sentence > _NEAR:
            break
        able = member is not None and member.kind is NameKind.BODY and not other.attributive and _can_be(member, word)
        if member is None or not able:
            continue
        if any(m[:_STEM] == w[:_STEM] for m in phrase.modifiers for w in member.words if len(m) >= _STEM):
            return member.key
        if acting is None and (other.subject or other.speaks):
            acting, far = member.key, other.sentence
        if last is None and member.name.lower() not in bodies["platform"]:
            last, near = member.key, other.sentence
    return acting if acting is not None and near - far <= 1 else last


def _can_be(member: Member, word: str) -> bool:
    bodies, low = load_lexicon("organizations"), member.name.lower()
    if " " not in low and getAllLemmas(low) and not load_name_words().known(low):
        return False  # an everyday word with a capital
    last = low.rpartition(" ")[2]
    if last in bodies["no_agency"]:
        return False
    if word in member.callings or (word in bodies["company_word"] and bodies["company_word"] & member.callings):
        return True
    if member.callings and word not in bodies["any_body_word"]:
        return False  # called a union, it is not "the company"
    if word not in bodies["company_word"] | bodies["any_body_word"]:
        return last == word or (last not in bodies["head"] and low not in bodies["company"])
    public = last in bodies["says_itself"] or load_nouns().listed(last) is Sense.PERSON
    return not (word in bodies["company_word"] and public)
