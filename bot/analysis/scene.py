"""What is known of an article when its sources are identified: the text, its names, and what its mentions mean."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.kinds import kind_of_name
from bot.analysis.lexicon import load_lexicon
from bot.analysis.names import NameKind
from bot.analysis.parsing import Article, Token, find_tokens
from bot.analysis.reference import References
from bot.analysis.roster import Member, Roster
from bot.analysis.speakers import NO_SOURCE, Speaker
from bot.analysis.syntax import Tree
from bot.document import Span
from bot.report import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All of it together; made once for an article. `trees` go with its sentences, or there are none.

    `named_study` is the root of the one study that the article names, if it is but one.
    """

    article: Article
    roster: Roster
    references: References
    trees: tuple[Tree, ...] = ()
    named_study: str | None = None

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that begin inside the span."""
        inside: list[Token] = []
        for sentence in self.article.sentences_in(span):
            first, last = (bisect_left(sentence.tokens, at, key=lambda t: t.start) for at in (span.start, span.end))
            inside.extend(sentence.tokens[first:last])
        return inside or list(find_tokens(self.article.text, span))

    def show(self, member: Member, span: Span) -> Speaker:
        """The member of the cast as the speaker at `span`."""
        kind = kind_of_name(member, self.article.document.outlet)
        title = member.title if member.kind is NameKind.PERSON else None
        seat = _seats().get(member.name.lower()) if kind is SourceKind.NAMED_ORGANIZATION else None
        name = f"{member.name} ({seat} government)" if seat is not None else member.name
        return Speaker(name=name, kind=kind, title=title, span=span, key=member.key)

    def plain(self, span: Span, kind: SourceKind) -> Speaker:
        """A speaker known by the words of the span only."""
        name = self.article.same_words(span) or NO_SOURCE
        return Speaker(name=name, kind=kind, title=None, span=span, key=name.lower())

    def latest(self, keys: Sequence[str], before: int) -> Member:
        """Of several members, the one spoken of last before the offset, or else the first."""
        roots = (self.references.roots[i] for i in self.references.before(before))
        return self.roster.members[next((root for root in roots if root in keys), keys[0])]


@cache
def _seats() -> dict[str, str]:
    """Capitals with the adjective of their government: "Seoul plans" is its plan."""
    pairs = (entry.split("/") for entry in load_lexicon("places")["seat"])
    return {capital: adjective.title() for capital, adjective in pairs}
