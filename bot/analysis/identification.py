"""From a source span to a speaker: a pronoun, a name, a title, or a describing phrase, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.analysis.completion import complete_source
from bot.analysis.kinds import Judgement, judge_phrase, says_own_eyes
from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Shape
from bot.analysis.names import NameKind
from bot.analysis.naming import find_issued, find_joined, find_listed, find_named, find_press, find_subject, find_titled
from bot.analysis.nouns import Sense
from bot.analysis.pairs import find_pair
from bot.analysis.parsing import Token
from bot.analysis.phrases import Phrase, read_phrase
from bot.analysis.records import author_of, body_meant, issuer_of, latest_study, name_record, shorten_record
from bot.analysis.scene import Scene
from bot.analysis.speakers import Speaker
from bot.document import Span
from bot.report import SourceKind

_ANYBODY = frozenset(
    ["you", "everybody", "everyone", "nobody", "each", "few", "many", "most", "some", "others", "several"]
)
_QUANTIFIERS = _ANYBODY | {"both", "all", "none", "either", "neither", "half", "two", "three", "not"}
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
_GROUPS = frozenset({"they", "them"})
_TOGETHER = frozenset({"couple", "pair", "duo", "trio", "two", "spouses"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_COMPLEMENTS = frozenset({"of", "for", "by", "from", "at", "with", "in"})
_DROPPED = frozenset({"a", "an", "the", "this", "that", "these", "those", "one", None})
_WRITTEN_OUT = {"rep": "representative", "reps": "representatives"}
_NAMED = frozenset(
    {SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET, SourceKind.OWN_REPORTING}
)
_FRESH = frozenset({"a", "an", "new", "recent", "major", "large", "the", "this", "small", "latest", "case"})
_DEPTH = 4
_SENTENCES_BACK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """Finds out who a span of the article is."""

    scene: Scene

    def identify(self, source: Span, *, cue: Span | None = None) -> Speaker:
        """The speaker that the span points at. Never fails: in doubt the phrase itself is the name."""
        whole = find_subject(self.scene, source) or complete_source(self.scene.article, source, cue)
        found = self._identify(whole, cue, _DEPTH)
        if cue is not None and found.kind in _NAMED:
            found = find_issued(self.scene, found, cue) or found
        if found.kind is SourceKind.DOCUMENT:
            found = replace(found, name=shorten_record(found.name))
        return found if source.covers(found.span) else replace(found, span=source)

    def full_name(self, span: Span) -> str | None:
        """The full name of the member of the cast that the span means, or None."""
        tokens = self.scene.tokens(span)
        if len(tokens) == 1 and tokens[0].low in _FIRST_PERSON:
            speaker = self.speaker_quoted(span)
            return speaker.name if speaker is not None else None
        i = self.scene.references.at(span.start, span.end)
        member = self.scene.roster.members.get(self.scene.references.roots[i]) if i is not None else None
        if member is not None and len(tokens) == 1 and tokens[0].low in _GROUPS:
            pair = find_pair(self.scene, span, with_key=member.key)
            if pair is None and member.sex is not None:
                return None  # somebody known as "he" or "she" is hardly "they"
            return pair.name if pair is not None else member.name
        return member.name if member is not None else None

    def forms_of(self, speaker: Speaker) -> frozenset[str]:
        """Every form in which the article names the speaker, in lower case."""
        member = self.scene.roster.members.get(speaker.key)
        mentions = {n.text.lower() for n in member.mentions} if member is not None else set()
        return frozenset({speaker.name.lower()} | mentions)

    def _identify(self, source: Span, cue: Span | None, depth: int) -> Speaker:
        phrase = read_phrase(self.scene.tokens(source))
        if phrase is None:
            return self.scene.plain(source, SourceKind.UNNAMED_GROUP)
        pronoun = self._pronoun(source, phrase, depth) or self._quantified(source)
        if pronoun is not None:
            return pronoun
        if says_own_eyes(phrase, cue.text_in(self.scene.article.text).lower() if cue is not None else ""):
            return self.scene.plain(source, SourceKind.OWN_REPORTING)
        named = find_listed(self.scene, source) or find_named(self.scene, source, phrase)
        if named is None and phrase.definite and not phrase.possessor and phrase.core[-1].low in _TOGETHER:
            named = find_pair(self.scene, source) if not phrase.rest else None  # "the couple", "the two"
        return named or self._known(source, phrase, depth) or self._described(source, phrase, depth)

    def _pronoun(self, source: Span, phrase: Phrase, depth: int) -> Speaker | None:
        """The speaker of a phrase that is but a pronoun; None where it is not ("US" and "WHO" are none)."""
        token = phrase.core[0]
        if token.text in _RELATIVES and phrase.determiner is None and not phrase.possessor:
            other = SourceKind.DOCUMENT if token.low in {"which", "that"} else SourceKind.UNNAMED_PERSON
            return self._antecedent(source, depth) or self.scene.plain(source, other)
        if (
            len(phrase.core) > 1
            or phrase.possessor
            or phrase.determiner
            or (token.text.isupper() and len(token.text) > 1)
        ):
            return None
        kind = SourceKind.UNNAMED_GROUP if token.low in _GROUPS else SourceKind.UNNAMED_PERSON
        known: Speaker | None = None
        if token.low in _FIRST_PERSON:
            known = self.speaker_quoted(source)
        elif token.low in _PRONOUNS:
            root = self._root_at(token.start, source.end)
            together = token.low in _GROUPS and root in self.scene.roster.members
            known = find_pair(self.scene, source, with_key=root) if together else None
            known = known or self._of_root(root, source, depth)
        elif token.low in _ANYBODY:
            kind = SourceKind.UNNAMED_GROUP
        else:
            return None
        return known or self.scene.plain(source, kind)

    def _quantified(self, source: Span) -> Speaker | None:
        """'many of whom', 'not everyone', 'most of them': a group, whoever they are."""
        lows = [t.low for t in self.scene.tokens(source)]
        of_them = len(lows) == 3 and lows[1] == "of" and lows[2] in {"whom", "them", "us", "these", "those"}  # noqa: PLR2004 - three words
        if lows[0] in _QUANTIFIERS and (of_them or (len(lows) == 2 and lows[1] in _ANYBODY)):  # noqa: PLR2004 - two words
            return self.scene.plain(source, SourceKind.UNNAMED_GROUP)
        return None

    def _root_at(self, start: int, end: int) -> str | None:
        i = self.scene.references.at(start, end)
        return self.scene.references.roots[i] if i is not None else None

    def _antecedent(self, source: Span, depth: int) -> Speaker | None:
        """Of 'who', 'which' and 'that': what was spoken of right before in the sentence."""
        sentence = self.scene.article.sentence_at(source.start)
        thing = self.scene.article.text[source.start : source.end].lower() == "which"
        for i in self.scene.references.before(source.start):
            if sentence is None or self.scene.references.starts[i] < sentence.span.start:
                break
            member = self.scene.roster.members.get(self.scene.references.roots[i])
            if thing and member is not None and member.kind is NameKind.PERSON:
                continue
            known = self._of_root(self.scene.references.roots[i], source, depth)
            if known is not None:
                return known
        return None

    def _of_root(self, root: str | None, span: Span, depth: int) -> Speaker | None:
        """The speaker that a resolved mention means, shown at `span`."""
        if root is None:
            return None
        if root in self.scene.roster.members:
            return self.scene.show(self.scene.roster.members[root], span)
        mention = self.scene.references.phrase_of(root)
        if mention is None or mention.shape is not Shape.PHRASE or mention.span.overlaps(span) or depth == 0:
            return None
        first = find_joined(self.scene, mention) or self._identify(mention.span, None, depth - 1)
        return Speaker(name=first.name, kind=first.kind, title=first.title, span=span, key=first.key)

    def _known(self, source: Span, phrase: Phrase, depth: int) -> Speaker | None:
        """What a definite phrase points at elsewhere in the article: a titled person, a body, a record, an author."""
        titled = find_titled(self.scene, phrase)
        if titled is not None:
            return self.scene.show(titled, source)
        bare = phrase.definite and not phrase.possessor
        if phrase.noun.sense is Sense.UTTERANCE and bare and not phrase.rest:
            return self._of_root(self._author(source, phrase), source, depth)
        if phrase.definite and phrase.core[-1].low in load_lexicon("documents")["author"]:
            study = latest_study(self.scene.references, phrase.core[0].start)
            if study is not None:
                return self._record(source, study)
        i = self.scene.references.ending_at(phrase.core[-1].end)
        if i is None or phrase.rest:
            return None
        root = self.scene.references.roots[i]
        if phrase.noun.sense is Sense.RECORD and root.startswith("#") and bare:
            return self._record(source, root)
        return self._of_root(root, source, depth)

    def _author(self, source: Span, phrase: Phrase) -> str | None:
        """Whose statement it is: a body that a modifier is short for ('the ministry release'), else by context."""
        bodies = [key for word in phrase.modifiers for key in self.scene.roster.worded.get(word, ())]
        if bodies:
            return bodies[-1]
        references = self.scene.references
        return issuer_of(references, phrase.core[-1].end) or author_of(references, source.start)

    def _record(self, source: Span, root: str) -> Speaker:
        press = find_press(self.scene, root, source)
        if press is not None:
            return press
        name = name_record(self.scene.article, self.scene.references, root)
        return Speaker(name=name, kind=SourceKind.DOCUMENT, title=None, span=source, key=root)

    def _described(self, source: Span, phrase: Phrase, depth: int) -> Speaker:
        around = self.scene.article.sentence_at(source.start)
        sentence = self.scene.article.same_words(around.span).lower() if around is not None else ""
        owner = self._owner(phrase, depth)
        if owner is None and phrase.noun.word in load_lexicon("documents")["official"] and depth:
            stated = self._of_root(author_of(self.scene.references, source.start), source, depth - 1)
            if stated is not None:
                return stated
        study = self._study_named_later(phrase)
        if study is not None:
            return self._record(source, study)
        judged = judge_phrase(phrase, owner_kind=owner.kind if owner else None, sentence=sentence)
        return self._speaker(source, phrase, judged, owner)

    def _study_named_later(self, phrase: Phrase) -> str | None:
        """'a new study' that leads an article: the one study that the article goes on to name."""
        said = {*phrase.modifiers, *([phrase.determiner] if phrase.determiner else [])}
        told = any(t.text[0].isupper() for t in (*phrase.core, *phrase.rest)) or phrase.possessor
        bare = phrase.noun.word in load_lexicon("documents")["study"] and not phrase.noun.plural and not told
        return self.scene.named_study if bare and said <= _FRESH else None

    def _owner(self, phrase: Phrase, depth: int) -> Speaker | None:
        """Whom the head belongs to: the possessor, the name before it, or the complement of 'of', 'for', 'by'."""
        if depth == 0:
            return None
        complement = phrase.rest if phrase.link in _COMPLEMENTS else ()
        for tokens in (phrase.possessor, self._name_before_head(phrase), complement):
            if not tokens:
                continue
            span = Span(start=tokens[0].start, end=tokens[-1].end)
            if len(tokens) == 1 and tokens[0].low in _FIRST_PERSON:
                owner = self.speaker_quoted(span)
            elif len(tokens) == 1 and tokens[0].low in _PRONOUNS:
                owner = self._of_root(self._root_at(span.start, span.end), span, depth - 1)
            else:
                owner = self._identify(span, None, depth - 1)
            if owner is not None:
                return owner
        if phrase.noun.sense is not Sense.SPOKESPERSON:
            return None
        here = Span(start=phrase.core[0].start, end=phrase.core[-1].end)
        return self._of_root(body_meant(self.scene.references, phrase), here, depth) or self._silent_body(phrase)

    def _silent_body(self, phrase: Phrase) -> Speaker | None:
        """Whose spokesperson speaks when none is said: the body spoken of last, in this sentence or the two before."""
        here, references = self.scene.article.sentence_at(phrase.core[0].start), self.scene.references
        for i in references.before(phrase.core[0].start):
            mention, member = references.mentions[i], self.scene.roster.members.get(references.roots[i])
            if here is None or here.index - mention.sentence > _SENTENCES_BACK:
                break
            if member is not None and member.kind is NameKind.BODY:
                return self.scene.show(member, mention.span)
        return None

    def _name_before_head(self, phrase: Phrase) -> Sequence[Token]:
        modifiers = phrase.core[: len(phrase.core) - phrase.noun.width]
        if not modifiers:
            return ()
        names = self.scene.roster.within(modifiers[0].start, modifiers[-1].end)
        if phrase.noun.sense is Sense.UTTERANCE:
            names = [(n, m) for n, m in names if m.kind is NameKind.PERSON]  # "a Facebook post" is not Facebook's
        bearing = [n for n, m in names if m.kind in {NameKind.BODY, NameKind.OUTLET, NameKind.PERSON}]
        return [t for t in modifiers if bearing[-1].span.start <= t.start < bearing[-1].span.end] if bearing else ()

    def _speaker(self, source: Span, phrase: Phrase, judged: Judgement, owner: Speaker | None) -> Speaker:
        stands = judged.stands_for_owner and (phrase.noun.sense is not Sense.ROLE or self._is_body(owner))
        if owner is not None and stands:
            return Speaker(name=owner.name, kind=judged.kind, title=None, span=source, key=owner.key)
        words, last = self.scene.article.same_words, phrase.core[-1]
        end = max(source.end, last.end)
        if owner is not None and judged.kind is SourceKind.NAMED_PERSON and phrase.noun.sense is Sense.SPOKESPERSON:
            name = f"{owner.name}'s {_WRITTEN_OUT.get(last.low, last.text)}"
        elif owner is not None and phrase.possessor and owner.kind in _NAMED:
            stem = words(Span(start=phrase.core[0].start, end=last.start))
            name = " ".join(part for part in (f"{owner.name}'s", stem, _WRITTEN_OUT.get(last.low, last.text)) if part)
        elif phrase.possessor or phrase.determiner not in _DROPPED:
            name = words(Span(start=source.start, end=end))
        else:
            name = words(Span(start=phrase.core[0].start, end=end))
        return Speaker(name=name, kind=judged.kind, title=None, span=source, key=name.lower())

    def _is_body(self, owner: Speaker | None) -> bool:
        """Whether the owner is a body by more than a lone word, which may be a place or a creed."""
        if owner is None:
            return False
        member = self.scene.roster.members.get(owner.key)
        several = len(owner.name.split()) > 1 or owner.name.isupper()
        return several and (member is None or member.kind is not NameKind.PLACE)

    def speaker_quoted(self, span: Span) -> Speaker | None:
        """Whose quotation holds the span: who speaks beside it, else who spoke last before it."""
        references = self.scene.references
        quotations = self.scene.article.quotations_in(span)
        whole = Span(start=quotations[0].span.start, end=quotations[-1].span.end) if quotations else span
        sentences = self.scene.article.sentences_in(whole)
        beside = references.within(sentences[0].span.start, sentences[-1].span.end) if sentences else range(0)
        for i in (*beside, *references.before(whole.start)):
            if references.mentions[i].speaks and not references.mentions[i].quoted:
                return self._of_root(references.roots[i], span, _DEPTH)
        return None
