"""From a source span to a speaker: a pronoun, a name, a title, or a describing phrase, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.kinds import Judgement, judge_phrase, kind_of_name, says_own_eyes
from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Shape
from bot.analysis.names import Name, NameKind, join_words
from bot.analysis.nouns import Sense
from bot.analysis.parsing import Article, Token, find_tokens
from bot.analysis.phrases import Phrase, read_phrase
from bot.analysis.records import author_of, latest_study, name_record
from bot.analysis.reference import References
from bot.analysis.roster import Member, Roster
from bot.analysis.speakers import NO_SOURCE, Speaker
from bot.analysis.titles import ABBREVIATED
from bot.document import Span
from bot.report import SourceKind

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PRONOUNS = frozenset("he she they it him her them his their its himself herself themselves itself".split())
_COMPLEMENTS = frozenset({"of", "for", "by", "from", "at", "with", "in"})
_WRITTEN_OUT = {"rep": "representative", "reps": "representatives"}
_DEPTH = 4
_APPOSED_WITHIN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """Finds out who a span of the article is."""

    article: Article
    roster: Roster
    references: References

    def identify(self, source: Span, *, cue: Span | None = None) -> Speaker:
        """The speaker that the span points at. Never fails: in doubt the phrase itself is the name."""
        return self._identify(source, cue, _DEPTH)

    def full_name(self, span: Span) -> str | None:
        """The full name of the member of the cast that the span means, or None."""
        tokens = self._tokens(span)
        if len(tokens) == 1 and tokens[0].low in _FIRST_PERSON:
            speaker = self._quoted_speaker(span)
            return speaker.name if speaker is not None else None
        i = self.references.at(span.start, span.end)
        member = self.roster.members.get(self.references.roots[i]) if i is not None else None
        return member.name if member is not None else None

    def forms_of(self, speaker: Speaker) -> frozenset[str]:
        """Every form in which the article names the speaker, in lower case."""
        member = self.roster.members.get(speaker.key)
        mentions = {n.text.lower() for n in member.mentions} if member is not None else set()
        return frozenset({speaker.name.lower()} | mentions)

    def _tokens(self, span: Span) -> list[Token]:
        inside = [t for s in self.article.sentences_in(span) for t in s.tokens if span.start <= t.start < span.end]
        return inside or list(find_tokens(self.article.text, span))

    def _identify(self, source: Span, cue: Span | None, depth: int) -> Speaker:
        tokens = self._tokens(source)
        phrase = read_phrase(tokens)
        if phrase is None:
            return self._plain(source, SourceKind.UNNAMED_GROUP)
        alone = len(phrase.core) == 1 and not phrase.possessor
        low = phrase.core[0].low
        if alone and low in _FIRST_PERSON:
            return self._quoted_speaker(source) or self._plain(source, SourceKind.UNNAMED_PERSON)
        if alone and low in _PRONOUNS:
            return self._pronoun(source, phrase, depth)
        if says_own_eyes(phrase, cue.text_in(self.article.text).lower() if cue is not None else ""):
            return self._plain(source, SourceKind.OWN_REPORTING)
        return (
            self._marked_outlet(source) or self._named(source, phrase) or self._known(source, phrase, depth)
            or self._described(source, phrase, depth)
        )  # fmt: skip

    def _plain(self, span: Span, kind: SourceKind) -> Speaker:
        name = self.article.same_words(span) or NO_SOURCE
        return Speaker(name=name, kind=kind, title=None, span=span, key=name.lower())

    def _of_member(self, member: Member, span: Span) -> Speaker:
        kind = kind_of_name(member, self.article.document.outlet)
        title = member.title if member.kind is NameKind.PERSON else None
        return Speaker(name=member.name, kind=kind, title=title, span=span, key=member.key)

    def _pronoun(self, source: Span, phrase: Phrase, depth: int) -> Speaker:
        i = self.references.at(phrase.core[0].start, source.end)
        known = self._of_root(self.references.roots[i], source, depth) if i is not None else None
        group = phrase.core[0].low in {"they", "them"}
        return known or self._plain(source, SourceKind.UNNAMED_GROUP if group else SourceKind.UNNAMED_PERSON)

    def _of_root(self, root: str | None, span: Span, depth: int) -> Speaker | None:
        """The speaker that a resolved mention means, shown at `span`."""
        if root is None:
            return None
        if root in self.roster.members:
            return self._of_member(self.roster.members[root], span)
        mention = self.references.phrase_of(root)
        if mention is None or mention.shape is not Shape.PHRASE or mention.span.overlaps(span) or depth == 0:
            return None
        first = self._identify(mention.span, None, depth - 1)
        return Speaker(name=first.name, kind=first.kind, title=first.title, span=span, key=first.key)

    def _marked_outlet(self, source: Span) -> Speaker | None:
        """An outlet whose listed name holds a mark that ends sentences."""
        words = self.article.same_words(source)
        low = words.lower().removesuffix("'s").removesuffix("’s")
        if "!" not in low or low.removeprefix("the ") not in load_lexicon("outlets")["name"]:
            return None
        return Speaker(name=words, kind=SourceKind.NEWS_OUTLET, title=None, span=source, key=low)

    def _named(self, source: Span, phrase: Phrase) -> Speaker | None:
        """The source whose name is the head of the phrase, or stands in apposition to it."""
        core = Span(start=phrase.core[0].start, end=phrase.core[-1].end)
        inside = self.roster.within(core.start, core.end)
        if inside and inside[-1][0].span.end >= core.end:
            name, member = inside[-1]
            if member.kind is not NameKind.PLACE or name.text.lower() not in load_lexicon("places")["demonym"]:
                at = name.span if source.covers(name.span) else source
                return self._joint(source, inside) or self._of_member(member, at)
        if phrase.noun.sense.human or phrase.noun.sense is Sense.UNKNOWN:
            apposed = self._apposed(phrase)
            if apposed is not None:
                return apposed
        if not inside and all(t.text[0].isupper() for t in phrase.core):
            called = self.roster.called([t.low for t in phrase.core])
            if called is not None and (called.kind is NameKind.PERSON or len(phrase.core) == len(called.name.split())):
                return self._of_member(called, source)
        return None

    def _joint(self, source: Span, inside: Sequence[tuple[Name, Member]]) -> Speaker | None:
        """'Ann Day and Ben Hall': one source made of those that 'and' joins."""
        parts = [inside[-1][1]]
        for (name, member), (after, _) in zip(reversed(inside[:-1]), reversed(inside[1:]), strict=True):
            between = self.article.text[name.span.end : after.span.start - sum(len(w) + 1 for w in after.title)]
            if between.strip().lower() not in {"and", ",", ", and", "&", "or", "and the"} or member.kind is not parts[-1].kind:
                break
            parts.insert(0, member)
        if len(parts) == 1 or parts[0].kind is NameKind.PLACE:
            return None
        kind = kind_of_name(parts[0], self.article.document.outlet)
        name = ", ".join(p.name for p in parts[:-1]) + f" and {parts[-1].name}"
        return Speaker(name=name, kind=kind, title=None, span=source, key="+".join(p.key for p in parts))

    def _apposed(self, phrase: Phrase) -> Speaker | None:
        """'the team's coach, Ann Day': the person named right after the comma, inside the span or behind it."""
        end = phrase.core[-1].end
        if phrase.noun.plural or not self.article.text.startswith(",", end):
            return None
        for name, member in self.roster.within(end, end + _APPOSED_WITHIN):
            opens = name.span.start - sum(len(w) + 1 for w in name.title)
            if member.kind is NameKind.PERSON and opens <= end + 3:
                return self._of_member(member, name.span)
        return None

    def _known(self, source: Span, phrase: Phrase, depth: int) -> Speaker | None:
        """What a definite phrase points at elsewhere in the article: a titled person, a body, a record, an author."""
        titled = self._titled(phrase)
        if titled is not None:
            return self._of_member(titled, source)
        root = self._root(phrase)
        if phrase.noun.sense is Sense.UTTERANCE and not phrase.possessor and not phrase.rest and phrase.definite:
            return self._of_root(self._modifier(phrase) or author_of(self.references, source.start), source, depth)
        if phrase.definite and phrase.noun.plural and phrase.core[-1].low in load_lexicon("documents")["author"]:
            root = latest_study(self.references, phrase.core[0].start)
            return self._record(source, root) if root is not None else None
        if root is None or phrase.rest:
            return None
        if phrase.noun.sense is Sense.RECORD and root.startswith("#") and phrase.definite and not phrase.possessor:
            return self._record(source, root)
        return self._of_root(root, source, depth)

    def _modifier(self, phrase: Phrase) -> str | None:
        """The body that a modifier is short for: 'the office release', 'the company statement'."""
        wanted = set(phrase.modifiers)
        held = [m.key for m in self.roster.members.values() if m.kind is NameKind.BODY and wanted & m.words]
        return held[-1] if held else None

    def _record(self, source: Span, root: str) -> Speaker:
        name = name_record(self.article, self.references, root)
        return Speaker(name=name, kind=SourceKind.DOCUMENT, title=None, span=source, key=root)

    def _titled(self, phrase: Phrase) -> Member | None:
        """The one person whose title the definite phrase repeats ('the governor', 'Austria's interior minister')."""
        if not (phrase.definite and phrase.noun.sense.human) or phrase.noun.plural:
            return None
        wanted = {t.low for t in phrase.core}
        if phrase.noun.word in {"person", "man", "woman", "one"}:
            return None
        held = [m for m in self.roster.members.values() if m.kind is NameKind.PERSON and _holds(m, wanted)]
        return held[0] if len(held) == 1 else None

    def _root(self, phrase: Phrase) -> str | None:
        """What the mention that ends with the phrase's head was found to mean."""
        i = self.references.ending_at(phrase.core[-1].end)
        return self.references.roots[i] if i is not None else None

    def _described(self, source: Span, phrase: Phrase, depth: int) -> Speaker:
        around = self.article.sentence_at(source.start)
        sentence = self.article.same_words(around.span).lower() if around is not None else ""
        owner = self._owner(phrase, depth)
        judged = judge_phrase(phrase, owner_kind=owner.kind if owner else None, sentence=sentence)
        return self._speaker(source, phrase, judged, owner)

    def _owner(self, phrase: Phrase, depth: int) -> Speaker | None:
        """Whom the head belongs to: the possessor, the name before it, or the complement of 'of', 'for', 'by'."""
        if depth == 0:
            return None
        complement = phrase.rest if phrase.link in _COMPLEMENTS else ()
        for tokens in (phrase.possessor, self._name_before_head(phrase), complement):
            if not tokens:
                continue
            span = Span(start=tokens[0].start, end=tokens[-1].end)
            if len(tokens) == 1 and tokens[0].low in _PRONOUNS:
                i = self.references.at(span.start, span.end)
                owner = self._of_root(self.references.roots[i], span, depth - 1) if i is not None else None
            else:
                owner = self._identify(span, None, depth - 1)
            if owner is not None:
                return owner
        return None

    def _name_before_head(self, phrase: Phrase) -> Sequence[Token]:
        modifiers = phrase.core[: len(phrase.core) - phrase.noun.width]
        if not modifiers or phrase.noun.sense is Sense.UTTERANCE:
            return ()
        names = self.roster.within(modifiers[0].start, modifiers[-1].end)
        bearing = [n for n, m in names if m.kind in {NameKind.BODY, NameKind.OUTLET, NameKind.PERSON}]
        return [t for t in modifiers if bearing[-1].span.start <= t.start < bearing[-1].span.end] if bearing else ()

    def _speaker(self, source: Span, phrase: Phrase, judged: Judgement, owner: Speaker | None) -> Speaker:
        if owner is not None and judged.stands_for_owner:
            return Speaker(name=owner.name, kind=judged.kind, title=judged.title, span=source, key=owner.key)
        name = self.article.same_words(Span(start=phrase.core[0].start, end=max(source.end, phrase.core[-1].end)))
        if owner is not None and phrase.possessor:
            name = f"{owner.name}'s {join_words([_WRITTEN_OUT.get(t.low, t.text) for t in phrase.core])}"
        elif phrase.determiner in {"some", "several", "many", "most", "all", "two", "three", "four", "five", "six"}:
            name = f"{phrase.determiner} {name}"
        return Speaker(name=name, kind=judged.kind, title=None, span=source, key=name.lower())

    def _quoted_speaker(self, span: Span) -> Speaker | None:
        """Whose quotation holds the span: who speaks beside it, else who spoke last before it."""
        quotations = self.article.quotations_in(span)
        whole = Span(start=quotations[0].span.start, end=quotations[-1].span.end) if quotations else span
        sentences = self.article.sentences_in(whole)
        beside = self.references.within(sentences[0].span.start, sentences[-1].span.end) if sentences else range(0)
        for i in (*beside, *self.references.before(whole.start)):
            mention = self.references.mentions[i]
            if mention.speaks and not mention.quoted:
                return self._of_root(self.references.roots[i], span, _DEPTH)
        return None


def _holds(member: Member, wanted: set[str]) -> bool:
    for title in member.titles:
        words = [ABBREVIATED.get(w, w) for w in title.lower().replace("’s", "").replace("'s", "").replace(",", "").split()]
        if wanted <= set(words) and len(words) < len(wanted) + 7:
            return True
    return False
