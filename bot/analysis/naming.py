"""Sources that the article names: by the name itself, in apposition, by a title, by the outlet's report."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.kinds import kind_of_name
from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Mention
from bot.analysis.names import Name, NameKind
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.phrases import Phrase, read_phrase
from bot.analysis.roster import Member
from bot.analysis.scene import Scene
from bot.analysis.speakers import Speaker
from bot.analysis.titles import written_out
from bot.document import Span
from bot.report import SourceKind

_WITHIN = 60
_JOINING = 6  # characters that hold "and" and its spaces
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "these", "those", "one"})
_NAMED = frozenset(
    {SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANIZATION, SourceKind.NEWS_OUTLET, SourceKind.OWN_REPORTING}
)
_GAP = 3
_MORE_WORDS = 7
_QUALIFIES = frozenset({"of", "for", "at", "in", "from", "that", "which", "who"})
_SEVERAL = frozenset(["many", "most", "some", "few", "several", "other", "all", "these", "those", "both", "two"])
_JOINS = frozenset({"and", ",", ", and", "&", "or", "and the"})


def find_named(scene: Scene, source: Span, phrase: Phrase) -> Speaker | None:
    """The source whose name is the head of the phrase, or stands in apposition to it."""
    core = Span(start=phrase.core[0].start, end=phrase.core[-1].end)
    inside = scene.roster.within(core.start, core.end)
    if _is_several(phrase, inside):
        return scene.plain(source, SourceKind.UNNAMED_GROUP)
    if inside and inside[-1][0].span.end >= core.end:
        name, member = inside[-1]
        if member.kind is not NameKind.PLACE or name.text.lower() not in load_lexicon("places")["demonym"]:
            at = name.span if source.covers(name.span) else source
            return _joint(scene, source, inside) or scene.show(member, at)
    beside = (
        _news_agency(scene, source, phrase, inside)
        or _apposed(scene, source, phrase)
        or _posted_abroad(scene, source, phrase)
        or _led_by_name(scene, source, phrase, inside)
    )
    if beside is not None:
        return beside
    if inside or not all(t.text[0].isupper() for t in phrase.core):
        return None
    called = scene.roster.called([t.low for t in phrase.core])
    if called is None or (called.kind is not NameKind.PERSON and len(phrase.core) != len(called.name.split())):
        return None
    return scene.show(called, source)


def _is_several(phrase: Phrase, inside: Sequence[tuple[Name, Member]]) -> bool:
    """'many Exlanders': a plural that is counted, no body of that name."""
    if not inside or phrase.determiner not in _SEVERAL or inside[-1][0].span.end < phrase.core[-1].end:
        return False
    name, member = inside[-1]
    return member.kind is not NameKind.PERSON and name.text.endswith("s")


def find_listed(scene: Scene, source: Span) -> Speaker | None:
    """An outlet or a seat of government whose listed name is not read as one name ('No 10', a name with a mark)."""
    words = scene.article.same_words(source)
    low = words.lower().removesuffix("'s").removesuffix("’s").removeprefix("the ")
    if "!" in low and low in load_lexicon("outlets")["name"]:
        return Speaker(name=words, kind=SourceKind.NEWS_OUTLET, title=None, span=source, key=low)
    if any(c.isdigit() for c in low) and low in load_lexicon("organizations")["government"]:
        return Speaker(name=words, kind=SourceKind.NAMED_ORGANIZATION, title=None, span=source, key=low)
    return None


def _news_agency(scene: Scene, source: Span, phrase: Phrase, inside: Sequence[tuple[Name, Member]]) -> Speaker | None:
    """'the Exnews news agency': an outlet by the noun right behind its name."""
    if not inside or phrase.noun.sense is not Sense.OUTLET:
        return None
    name, member = inside[-1]
    if member.kind is NameKind.PLACE or phrase.core[-phrase.noun.width].start != name.span.end + 1:
        return None
    if member.kind is NameKind.OUTLET:
        return scene.show(member, source)
    whole = scene.article.same_words(Span(start=name.span.start, end=phrase.core[-1].end))
    return Speaker(name=whole, kind=SourceKind.NEWS_OUTLET, title=None, span=source, key=member.key)


def _joint(scene: Scene, source: Span, inside: Sequence[tuple[Name, Member]]) -> Speaker | None:
    """'Ann Day and Ben Hall': one source made of those that 'and' joins."""
    parts = [inside[-1][1]]
    for (name, member), (after, _) in zip(reversed(inside[:-1]), reversed(inside[1:]), strict=True):
        between = scene.article.text[name.span.end : _opening(after)].strip().lower()
        if between not in _JOINS or member.kind is not parts[-1].kind:
            break
        parts.insert(0, member)
    if len(parts) == 1 or parts[0].kind is NameKind.PLACE:
        return None
    kind = kind_of_name(parts[0], scene.article.document.outlet)
    joined = ", ".join(p.name for p in parts[:-1]) + f" and {parts[-1].name}"
    return Speaker(name=joined, kind=kind, title=None, span=source, key="+".join(p.key for p in parts))


def _led_by_name(scene: Scene, source: Span, phrase: Phrase, inside: Sequence[tuple[Name, Member]]) -> Speaker | None:
    """'Ann Day and other leaders': named as far as the first of them is."""
    if not inside or not phrase.noun.plural or inside[0][1].kind is NameKind.PLACE:
        return None
    name, member = inside[0]
    if _opening(name) > phrase.core[0].start or not scene.article.text[name.span.end :].lstrip().startswith("and "):
        return None
    kind = kind_of_name(member, scene.article.document.outlet)
    whole = scene.article.same_words(source).replace(name.text, member.name, 1)
    return Speaker(name=whole, kind=kind, title=None, span=source, key=f"{member.key}+{whole.lower()}")


def _opening(name: Name) -> int:
    """Where the name starts, its title words included."""
    return max(0, name.span.start - sum(len(word) + 1 for word in name.title))


def _apposed(scene: Scene, source: Span, phrase: Phrase) -> Speaker | None:
    """'the team's coach, Ann Day': whoever is named right after the comma, inside the span or behind it."""
    human = phrase.noun.sense.human or phrase.noun.sense is Sense.UNKNOWN
    if not (human or (phrase.noun.sense is Sense.BODY and not phrase.noun.plural)):
        return None
    end = phrase.core[-1].end
    if phrase.link in _QUALIFIES and phrase.rest:
        comma = next((i for i, t in enumerate(phrase.rest) if t.text == ","), len(phrase.rest))
        end = phrase.rest[max(0, comma - 1)].end
    if not scene.article.text.startswith(",", end) or (not human and end >= source.end):
        return None
    if phrase.noun.plural:
        named = scene.roster.within(end, source.end)
        opens = bool(named) and _opening(named[0][0]) <= end + _GAP
        return _joint(scene, source, named) if opens and named[0][1].kind is NameKind.PERSON else None
    wanted = NameKind.PERSON if human else NameKind.BODY
    for name, member in scene.roster.within(end, end + _WITHIN):
        if member.kind is wanted and _opening(name) <= end + _GAP:
            return scene.show(member, name.span)
    return None


def _posted_abroad(scene: Scene, source: Span, phrase: Phrase) -> Speaker | None:
    """'Exland's ambassador to the United States Ann Day': the place runs into the name."""
    if not phrase.noun.sense.human or phrase.link not in {"to", "in", "for", "of"}:
        return None
    for name, member in scene.roster.within(phrase.core[-1].end, source.end):
        whole_run = _opening(name) <= phrase.core[0].start
        abroad = " ".join(name.title).lower() in load_lexicon("places")["country"]
        if member.kind is NameKind.PERSON and name.span.end >= source.end and name.title and (whole_run or abroad):
            return scene.show(member, name.span)
    return None


def find_titled(scene: Scene, phrase: Phrase) -> Member | None:
    """The person whose title the definite phrase repeats ('the governor', 'Exland's interior minister')."""
    if not (phrase.definite and phrase.noun.sense.human) or phrase.noun.plural:
        return None
    named = {t.low for t in phrase.rest if t.text[0].isupper()}
    if phrase.noun.word in load_lexicon("people")["vague_person"] or (phrase.link in {"of", "for"} and not named):
        return None
    both = next((i for i, t in enumerate(phrase.core) if t.low == "and"), len(phrase.core))
    wanted = ({t.low for t in phrase.core[:both]} | named) - {"'s"}
    heads = {phrase.noun.word.split()[-1], phrase.core[max(0, both - 1)].low}
    keys = [k for head in sorted(heads) for k in scene.roster.titled.get(head, ())]
    held = [k for k in keys if _holds(scene.roster.members[k], wanted)]
    return scene.latest(held, phrase.core[0].start) if held else None


def _holds(member: Member, wanted: set[str]) -> bool:
    """Whether one of the member's titles has all the wanted words, and not many more."""
    for title in member.titles:
        plain = title.lower().replace("’s", "").replace("'s", "").replace(",", "")
        words = [written_out().get(w, w) for w in plain.split()]
        if wanted <= set(words) and len(words) < len(wanted) + _MORE_WORDS:
            return True
    return False


def find_press(scene: Scene, root: str, source: Span) -> Speaker | None:
    """The outlet behind a report, where any mention of it says so ('a report by the Daily Example')."""
    for i in scene.references.mentions_of(root):
        span = scene.references.mentions[i].span
        phrase = read_phrase(scene.tokens(Span(start=span.start, end=min(span.end + _WITHIN, len(scene.article.text)))))
        if phrase is None or phrase.core[-1].end != span.end:
            continue
        if phrase.noun.word not in load_lexicon("outlets")["reports"]:
            return None
        by = phrase.link in {"by", "from", "in"} and bool(phrase.rest)
        end = phrase.rest[0].end + _WITHIN // 2 if by else span.end
        for _, member in scene.roster.within(span.start, end):
            if member.kind is NameKind.OUTLET:
                return scene.show(member, source)
    return None


def find_subject(scene: Scene, source: Span) -> Span | None:
    """The subject that a source is only the predicate of ("Exland is one of the region's critics and accused")."""
    sentence = scene.article.sentence_at(source.start)
    if sentence is None or not scene.trees:
        return None
    tree, tokens = scene.trees[sentence.index], sentence.tokens
    first = bisect_left(tokens, source.start, key=lambda t: t.start)
    if first >= len(tokens) or tree.nodes[first].label != "attr":
        return None
    subject = tree.child(tree.nodes[first].head, frozenset({"nsubj"}))
    if subject is None or subject >= first:
        return None
    under = [i for i in tree.under(subject, without=frozenset({"relcl", "appos", "punct"})) if i <= subject]
    return Span(start=tokens[under[0]].start, end=tokens[subject].end)


def find_issued(scene: Scene, issuer: Speaker, cue: Span) -> Speaker | None:
    """The record in a cue that puts one out ("released a video showing", "published figures that show")."""
    tokens = scene.tokens(cue)
    nouns = [i for i, t in enumerate(tokens) if load_nouns().listed(t.low) is Sense.RECORD]
    shown = [i for i, t in enumerate(tokens) if t.low in load_lexicon("documents")["shows"]]
    if not nouns or not shown or not 0 < nouns[-1] < shown[-1]:
        return None
    first = nouns[-1]
    while first > 1 and load_nouns().listed(tokens[first - 1].low) is None and tokens[first - 1].low not in _ARTICLES:
        first -= 1
    span = Span(start=tokens[first].start, end=tokens[nouns[-1]].end)
    name = f"{scene.article.same_words(span)} from {issuer.name}"
    return Speaker(name=name, kind=SourceKind.DOCUMENT, title=None, span=span, key=name.lower())


def find_joined(scene: Scene, mention: Mention) -> Speaker | None:
    """'(Mayor Ann Day and) other leaders': named as far as the first of them is."""
    if mention.noun is None or not mention.noun.plural or not mention.subject:
        return None
    before = scene.roster.within(max(0, mention.span.start - _JOINING), mention.span.start)
    if not before or scene.article.text[before[-1][0].span.end : mention.span.start].split() != ["and"]:
        return None
    first = scene.show(before[-1][1], mention.span)
    if first.kind not in _NAMED:
        return None
    words = scene.article.same_words(mention.span)
    return replace(first, name=f"{first.name} and {words}", title=None, key=f"{first.key}+{words.lower()}")
