"""Whether somebody else could be meant by a pronoun: a wrong name in a claim is far worse than a pronoun left there."""

from bisect import bisect_left
from collections.abc import Iterator

from bot.analysis.cast import Cast
from bot.analysis.mentions import Mention
from bot.analysis.names import NameKind
from bot.analysis.nouns import load_nouns
from bot.document import Span

_SEXED = frozenset({"m", "f"})
_ASIDES = frozenset({"relcl", "acl", "advcl"})


def has_rival(cast: Cast, pronoun: Span) -> bool:
    """Whether two people of fitting sex are at hand for "he" or "she", here or in the sentence before.

    Where its own referent alone is plainly the subject of the sentences, there is no doubt.
    """
    references = cast.identifier.scene.references
    at = references.at(pronoun.start, pronoun.end)
    if at is None or references.mentions[at].gender not in _SEXED:
        return False
    near = dict.fromkeys(references.roots[i] for i in _people_near(cast, at))
    if len(near) <= 1:
        return False
    subjects = [i for i in _people_near(cast, at) if _is_main_subject(cast, references.mentions[i])]
    if {references.roots[i] for i in subjects} != {references.roots[at]}:
        return True
    here = references.mentions[at].sentence
    # "Day said the captain was hurt. He ..." is about neither for sure; "Day told the captain he ..." is.
    return all(references.mentions[i].speaks and references.mentions[i].sentence != here for i in subjects)


def _people_near(cast: Cast, at: int) -> Iterator[int]:
    """The mentions of people whom the pronoun can mean, in its own sentence before it and in the one before."""
    references = cast.identifier.scene.references
    pronoun = references.mentions[at]
    for i in range(at - 1, -1, -1):
        mention = references.mentions[i]
        if pronoun.sentence - mention.sentence > 1:
            return
        if pronoun.quoted and mention.speaks and mention.sentence == pronoun.sentence:
            continue  # speakers call themselves I
        if mention.gender is None and not mention.attributive and _fits(cast, i, mention, pronoun.gender):
            yield i


def _is_main_subject(cast: Cast, mention: Mention) -> bool:
    """Whether it is a subject outside what only describes or dates another ("the school that her daughter attends")."""
    scene = cast.identifier.scene
    if not mention.subject or not scene.trees:
        return mention.subject
    sentence, tree = scene.article.sentences[mention.sentence], scene.trees[mention.sentence]
    last = bisect_left(sentence.tokens, mention.span.end, key=lambda t: t.start) - 1
    return not any(tree.nodes[i].label in _ASIDES for i in tree.above(last))


def _fits(cast: Cast, at: int, mention: Mention, sex: str | None) -> bool:
    """Whether the mention is of one person, of the pronoun's sex or of one that is not known."""
    member = cast.identifier.scene.roster.members.get(cast.identifier.scene.references.roots[at])
    if member is not None:
        return member.kind is NameKind.PERSON and member.sex in {None, "", sex}
    noun = mention.noun
    if noun is None or not noun.sense.human or noun.plural:
        return False
    return load_nouns().sex_of([noun.word]) in {None, "", sex}
