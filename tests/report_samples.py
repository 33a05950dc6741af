"""A report made by hand for the seed article, so that tests of wording and rendering do not hang on the engine."""

from bot import __version__
from bot.document import Document, Paragraph, Role, Span
from bot.report import (
    Attribution,
    Band,
    Claim,
    Directness,
    Engine,
    Flag,
    FlagKind,
    Grade,
    Hop,
    Reason,
    Report,
    SourceKind,
    Summary,
)
from bot.sentences import find_sentences
from tests.seed import SEED_TEXT

_CAPTION_STARTS = ("Putin: The Russian", "More than 20 Russian", "Around 110,000 troops have")
_RELAYED = "I have been told by very senior and well-informed sources"
_DEFECTED = "in the background there are many more, possibly more than 20"


def seed_document() -> Document:
    """The seed article as a document, paragraph roles set by hand."""
    return text_document(SEED_TEXT, title=SEED_TEXT.partition("\n")[0])


def text_document(text: str, *, title: str = "", url: str | None = None) -> Document:
    """Any text as a document: a paragraph a line, the first one the headline where it equals the title."""
    paragraphs = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            span = Span(start=start, end=start + len(line))
            sentences = find_sentences(text, span.start, span.end) or (span,)
            paragraphs.append(Paragraph(span=span, role=_role(line, title), sentences=sentences))
        start += len(line) + 1
    return Document(text=text, paragraphs=tuple(paragraphs), title=title, url=url)


def quick_report(document: Document) -> Report:
    """A report without claims, as this version of the engine would make it."""
    return Report(
        document=document,
        summary=Summary(line="No claims.", claims=0, bands=(), origins=0, safe_line="", missing=()),
        claims=(),
        attributions=(),
        flags=(),
        notes=(),
        engine=Engine(name="claimcheck", version=__version__),
    )


def seed_report() -> Report:
    """A plausible report on the seed article: chains, hearsay, flags, an opinion; every span is found in the text."""
    document = seed_document()
    return Report(
        document=document,
        summary=Summary(
            line="4 claims: 0 strong · 0 moderate · 2 weak · 2 unsourced. 1 independent origin.",
            claims=4,
            bands=((Band.STRONG, 0), (Band.MODERATE, 0), (Band.WEAK, 2), (Band.UNSOURCED, 2)),
            origins=1,
            safe_line="Bruce Jones told The Mirror that unnamed senior sources had told him of defections by Russian "
            "diplomats and intelligence officers, possibly more than 20.",
            missing=("the Mirror report itself", "who told Bruce Jones", "the Kremlin's response"),
        ),
        claims=(_defections(), _collateral(), _losses(), _strike()),
        attributions=(_jones(), _kemp()),
        flags=(
            Flag(
                kind=FlagKind.HEADLINE_OVERSTATES,
                passages=(find("20 diplomats DEFECT"), find("possibly more than 20")),
                note="The headline drops “possibly” and the spies.",
            ),
            Flag(kind=FlagKind.ORPHAN_QUOTE, passages=(find("“Stalinist”"),), note="Nobody in the text says it."),
            Flag(
                kind=FlagKind.ORPHAN_QUOTE, passages=(find("“cruel safeguards”"),), note="Nobody in the text says it."
            ),
            Flag(
                kind=FlagKind.WORDING_DRIFT,
                passages=(find("troop losses"), find("have been killed")),
                note="“losses” in the text, “killed” in a caption.",
            ),
        ),
        notes=("The page ends in the middle of a sentence.",),
        engine=Engine(name="sample", version="0"),
    )


def find(words: str, *, text: str = SEED_TEXT) -> Span:
    """Where the words stand first."""
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def _role(line: str, title: str) -> Role:
    if line == title:
        return Role.HEADLINE
    if line.startswith("Russian president Vladimir Putin puts"):
        return Role.STANDFIRST
    return Role.CAPTION if line.startswith(_CAPTION_STARTS) else Role.BODY


def _defections() -> Claim:
    return Claim(
        id="c1",
        claim="Possibly more than 20 Russian diplomats and intelligence officers have defected.",
        quote=find(_DEFECTED),
        mentions=(
            find("20 diplomats DEFECT from Moscow"),
            find("More than 20 Russian diplomats and spies have defected"),
        ),
        key=True,
        where=Role.BODY,
        chain=(
            Hop(name="The Mirror", kind=SourceKind.NEWS_OUTLET, span=find("The Mirror: “")),
            Hop(
                name="Bruce Jones",
                kind=SourceKind.NAMED_PERSON,
                span=find("Bruce Jones"),
                title="one of the UK’s top Russia analysts",
            ),
            Hop(
                name="very senior and well-informed sources",
                kind=SourceKind.ANONYMOUS,
                span=find("very senior and well-informed sources"),
            ),
        ),
        kind=SourceKind.ANONYMOUS,
        directness=Directness.DIRECT_QUOTE,
        hedges=(find("possibly"),),
        hedged=True,
        grade=Grade.VAGUE,
        reasons=(
            Reason(text="Bruce Jones passes on what unnamed people told him.", spans=(find(_RELAYED),)),
            Reason(text="Another outlet stands between, which takes 1 off.", spans=(find("told The Mirror"),)),
        ),
    )


def _collateral() -> Claim:
    return Claim(
        id="c2",
        claim="Family members who return to Russia will be kept at home as collateral.",
        quote=find("If family members return to Russia while a diplomat or spy is on an overseas job"),
        mentions=(),
        key=True,
        where=Role.BODY,
        chain=(Hop(name="The Mirror", kind=SourceKind.NEWS_OUTLET, span=find("The Mirror.")),),
        kind=SourceKind.NEWS_OUTLET,
        directness=Directness.PARAPHRASE,
        hedges=(),
        hedged=False,
        grade=Grade.VAGUE,
        reasons=(
            Reason(text="Another outlet is cited, and no origin with it.", spans=(find("a report by The Mirror"),)),
        ),
    )


def _losses() -> Claim:
    return Claim(
        id="c3",
        claim="There are around 110,000 troop losses in Ukraine's frontline.",
        quote=find("there is around 110,000 troop losses in Ukraine's frontline"),
        mentions=(find("Around 110,000 troops have been killed in the Ukraine frontline"),),
        key=True,
        where=Role.BODY,
        chain=(),
        kind=SourceKind.NONE,
        directness=Directness.OWN_VOICE,
        hedges=(find("around 110,000"),),
        hedged=True,
        grade=Grade.UNSOURCED,
        reasons=(Reason(text="Nobody is cited.", spans=(find("around 110,000 troop losses"),)),),
    )


def _strike() -> Claim:
    return Claim(
        id="c4",
        claim="One Ukrainian strike killed as many as 500 troops on New Year’s Day.",
        quote=find("one Ukrainian strike killed as many as 500 troops"),
        mentions=(),
        key=False,
        where=Role.BODY,
        chain=(),
        kind=SourceKind.NONE,
        directness=Directness.OWN_VOICE,
        hedges=(find("as many as"),),
        hedged=True,
        grade=Grade.UNSOURCED,
        reasons=(Reason(text="Nobody is cited.", spans=(find("On New Year’s Day"),)),),
    )


def _jones() -> Attribution:
    return Attribution(
        statement=find("Bruce Jones, one of the UK’s top Russia analysts told The Mirror: “I have been told"),
        source=find("Bruce Jones"),
        cue=find("told The Mirror"),
        content=(find(_RELAYED),),
        kind=SourceKind.NAMED_PERSON,
        name="Bruce Jones",
        title="one of the UK’s top Russia analysts",
        directness=Directness.DIRECT_QUOTE,
        claim_ids=("c1",),
    )


def _kemp() -> Attribution:
    content = find("This development could be extremely valuable.")
    return Attribution(
        statement=content,
        source=find("Colonel Richard Kemp"),
        cue=None,
        content=(content,),
        kind=SourceKind.NAMED_PERSON,
        name="Richard Kemp",
        title="Colonel",
        directness=Directness.DIRECT_QUOTE,
        claim_ids=(),
    )
