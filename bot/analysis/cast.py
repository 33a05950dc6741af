"""Everybody and everything in an article that can be a source, and who stands behind a source span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.identification import Identifier
from bot.analysis.mentions import find_mentions
from bot.analysis.names import NameKind
from bot.analysis.parsing import Article
from bot.analysis.records import only_named_study
from bot.analysis.reference import link_mentions
from bot.analysis.roster import has_public_role, read_roster
from bot.analysis.scene import Scene
from bot.analysis.speakers import NO_SOURCE, Speaker
from bot.analysis.syntax import Tree
from bot.document import Span
from bot.report import SourceKind

__all__ = ["NO_SOURCE", "Cast", "Speaker", "read_cast"]

_SHORTEST = 3
# "I" as somebody who lived through something, not as somebody who holds an opinion.
TELLS_OF_SELF = re.compile(
    r"\bI\b(?! (?:\w+ly )?(?:am sure|do|don[’']t|think|believe|know|guess|hope|mean|suppose|suspect|understand|feel|"
    r"say|would|want)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who is who in one article; made by `read_cast`.

    `narrators` are the keys of private people whose quotations tell, in the first person, what they lived through.
    """

    identifier: Identifier
    narrators: frozenset[str]

    def identify(self, source: Span | None, *, cue: Span | None = None) -> Speaker:
        """The speaker that the source span points at; without a source, nobody, at the cue."""
        if source is None:
            at = cue or Span(start=0, end=0)
            return Speaker(name=NO_SOURCE, kind=SourceKind.UNSPECIFIED, title=None, span=at, key=NO_SOURCE)
        return self.identifier.identify(source, cue=cue)

    def resolve(self, span: Span) -> str | None:
        """The full name that a pronoun, a short name or a phrase like "the minister" stands for; None when unsure."""
        return self.identifier.full_name(span)

    def same_origin(self, first: Speaker, second: Speaker) -> bool:
        """Whether the two are one origin: the same, a body and its member, a lawyer and the client, joint speakers."""
        if first.key == second.key or set(first.key.split("+")) & set(second.key.split("+")):
            return True
        return self._belongs(first, second) or self._belongs(second, first)

    def outlets(self) -> tuple[Speaker, ...]:
        """The outlets that the article names, each shown at its first mention."""
        scene = self.identifier.scene
        named = (m for m in scene.roster.members.values() if m.kind is NameKind.OUTLET and m.mentions)
        return tuple(scene.show(member, member.mentions[0].span) for member in named)

    def body_of(self, speaker: Speaker) -> str | None:
        """The named body that a named person speaks for, as the title tells ("president of Acme Energy"), or None."""
        told = (speaker.title or "") if speaker.kind is SourceKind.NAMED_PERSON else ""
        members = self.identifier.scene.roster.members.values()
        bodies = [m for m in members if m.kind is NameKind.BODY and any(n.text in told for n in m.mentions)]
        return max((m.name for m in bodies), key=len, default=None)

    def spans_of(self, speaker: Speaker) -> tuple[Span, ...]:
        """Where the article names the speaker; nowhere for one without a name."""
        member = self.identifier.scene.roster.members.get(speaker.key)
        return tuple(name.span for name in member.mentions) if member is not None else ()

    def _belongs(self, one: Speaker, other: Speaker) -> bool:
        """Whether `one` is a member, spokesperson, lawyer or office of `other`, as its title or name says."""
        told = f"{one.title or ''} {one.name}".lower().replace("’", "'")
        if other.kind not in {SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET}:
            return False
        forms = self.identifier.forms_of(other)
        return any(len(form) >= _SHORTEST and f" {form}" in f" {told}".replace("'s", " 's") for form in forms)


def read_cast(article: Article, trees: Sequence[Tree] = ()) -> Cast:
    """Find the people, bodies, outlets and records of the article and what its pronouns mean.

    `trees`, where given, go with the article's sentences.
    """
    roster = read_roster(article, trees)
    references = link_mentions(find_mentions(article, roster, trees), roster, outlet=article.document.outlet)
    scene = Scene(
        article=article,
        roster=roster,
        references=references,
        trees=tuple(trees),
        named_study=only_named_study(article, references),
    )
    identifier = Identifier(scene=scene)
    return Cast(identifier=identifier, narrators=_find_narrators(article, identifier))


def _find_narrators(article: Article, identifier: Identifier) -> frozenset[str]:
    """Whose quotations tell of themselves, those with a public role aside: patients, witnesses, survivors."""
    told = (TELLS_OF_SELF.search(article.text, q.inner.start, q.inner.end) for q in article.quotations)
    at = (identifier.speaker_quoted(Span(start=m.start(), end=m.end())) for m in told if m is not None)
    members = identifier.scene.roster.members
    known = (members[s.key] for s in at if s is not None and s.key in members)
    return frozenset(m.key for m in known if not any(has_public_role(title) for title in m.titles))
