"""From the page to the origin (rubric, Provenance chain; adjustments 1 and 2)."""

from dataclasses import replace

import pytest

from bot.analysis.attributions import CueClass
from bot.analysis.cast import read_cast
from bot.analysis.chains import read_provenance
from bot.analysis.parsing import Article
from bot.document import Span
from bot.report import SourceKind
from tests.bot.analysis.articles import attribution, parse, span_of

TOLD = "Ann Lee told The Mirror that the dam leaks."


def chain(article: Article, quote: str, *found: tuple[str | None, str | None, str, CueClass], of: int = 0) -> list[str]:
    """The names along the chain of the quoted words, with attributions as (source, cue, content, cue class)."""
    spans = [
        attribution(article.text, source=source, cue=cue, content=(content,), cue_class=cue_class)
        for source, cue, content, cue_class in found
    ]
    tracer = read_provenance(article, read_cast(article), spans)
    return [h.name for h in tracer.trace(of, span_of(article.text, quote)).hops]


def published_by(article: Article, outlet: str) -> Article:
    return replace(article, document=replace(article.document, outlet=outlet))


def test_the_chain_of_a_plain_attribution_is_its_source() -> None:
    article = parse("The dam leaks, Ann Lee said.")
    assert chain(article, "The dam leaks", ("Ann Lee", "said", "The dam leaks", CueClass.SAY)) == ["Ann Lee"]


def test_the_chain_of_an_unspecified_attribution_is_one_hop_at_its_cue() -> None:
    article = parse("It is understood that the dam leaks.")
    found = attribution(
        article.text, source=None, cue="It is understood", content=("the dam leaks",), cue_class=CueClass.UNSPECIFIED
    )
    (hop,) = read_provenance(article, read_cast(article), [found]).trace(0, span_of(article.text, "the dam leaks")).hops
    assert (hop.kind, hop.span) == (SourceKind.UNSPECIFIED, span_of(article.text, "It is understood"))


def test_an_attribution_with_neither_source_nor_cue_is_one_hop_at_its_content() -> None:
    article = parse("“The dam leaks.”")
    found = attribution(article.text, source=None, cue=None, content=("The dam leaks",), cue_class=CueClass.RUNNING)
    (hop,) = read_provenance(article, read_cast(article), [found]).trace(0, span_of(article.text, "dam")).hops
    assert hop.span == span_of(article.text, "The dam leaks")


def test_an_outlet_that_the_text_cites_relays_what_a_source_told_it() -> None:
    article = parse(f"{TOLD} The gates froze, The Mirror reported.")
    found = ("Ann Lee", "told", "the dam leaks", CueClass.SAY)
    cited = ("The Mirror", "reported", "The gates froze", CueClass.SAY)
    assert chain(article, "the dam leaks", found, cited) == ["The Mirror", "Ann Lee"]


def test_an_outlet_that_the_text_cites_nowhere_may_be_the_one_in_front_of_us() -> None:
    assert chain(parse(TOLD), "the dam leaks", ("Ann Lee", "told", "the dam leaks", CueClass.SAY)) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("outlet", "names"),
    [
        ("The Mirror", ["Ann Lee"]),
        ("Mirror Online", ["Ann Lee"]),
        ("The Courier", ["The Mirror", "Ann Lee"]),
    ],
)
def test_speaking_to_the_publishing_outlet_is_no_relay_and_to_another_one_is(outlet: str, names: list[str]) -> None:
    found = ("Ann Lee", "told", "the dam leaks", CueClass.SAY)
    assert chain(published_by(parse(TOLD), outlet), "the dam leaks", found) == names


def test_the_outlet_that_the_text_shows_to_be_its_own_is_no_hop() -> None:
    article = parse(
        f"The Mirror has learned that the dam leaks, according to officials.\n{TOLD.replace('dam', 'gate')}"
    )
    learned = ("The Mirror", "has learned", "the dam leaks, according to officials", CueClass.SAY)
    told = ("Ann Lee", "told", "the gate leaks", CueClass.SAY)
    assert chain(article, "the dam leaks", learned, told) == ["officials"]
    assert chain(article, "the gate leaks", learned, told, of=1) == ["Ann Lee"]


def test_a_relay_goes_on_while_the_same_source_speaks_in_the_paragraph_beside() -> None:
    article = parse(
        f"{TOLD}\nThe gates froze, Ann Lee said.\nNothing happened.\nThe pumps failed, Ann Lee said.\n"
        "Fish died, The Mirror reported."
    )
    found = [
        ("Ann Lee", "told", "the dam leaks", CueClass.SAY),
        ("Ann Lee", "said", "The gates froze", CueClass.SAY),
        ("Ann Lee", "said", "The pumps failed", CueClass.SAY),
        ("The Mirror", "reported", "Fish died", CueClass.SAY),
    ]
    assert chain(article, "The gates froze", *found, of=1) == ["The Mirror", "Ann Lee"]
    last = [attribution(article.text, source=s, cue=c, content=(q,), cue_class=k) for s, c, q, k in found]
    at = article.text.index("Ann Lee", article.text.index("pumps"))
    last[2] = replace(last[2], source=Span(start=at, end=at + 7))
    last[2] = replace(last[2], cue=Span(start=at + 8, end=at + 12))
    tracer = read_provenance(article, read_cast(article), last)
    assert [h.name for h in tracer.trace(2, span_of(article.text, "The pumps failed")).hops] == ["Ann Lee"]


def test_telling_reporters_is_no_hop() -> None:
    article = parse("Ann Lee told reporters that the dam leaks.")
    found = ("Ann Lee", "told", "the dam leaks", CueClass.SAY)
    assert chain(published_by(article, "The Courier"), "the dam leaks", found) == ["Ann Lee"]


HEARD = "“I have been told by senior officials that the dam leaks,” Ann Lee said."


def test_what_a_source_was_told_has_the_teller_for_its_origin() -> None:
    found = ("Ann Lee", "said", "I have been told by senior officials that the dam leaks", CueClass.SAY)
    assert chain(parse(HEARD), "the dam leaks", found) == ["Ann Lee", "senior officials"]


def test_the_rest_of_what_the_source_said_is_the_sources_own() -> None:
    article = parse("“The gates froze. I was told by senior officials that the dam leaks,” Ann Lee said.")
    content = "The gates froze. I was told by senior officials that the dam leaks"
    assert chain(article, "The gates froze", ("Ann Lee", "said", content, CueClass.SAY)) == ["Ann Lee"]


def test_hearsay_goes_on_through_the_rest_of_an_unbroken_quotation() -> None:
    article = parse("“I was told by senior officials that the dam leaks. The gates froze,” Ann Lee said.")
    content = "I was told by senior officials that the dam leaks. The gates froze"
    found = ("Ann Lee", "said", content, CueClass.SAY)
    assert chain(article, "The gates froze", found) == ["Ann Lee", "senior officials"]


def test_hearsay_goes_on_into_the_next_paragraph_of_the_quotation() -> None:
    article = parse("Ann Lee said: “I was told by senior officials that the dam leaks.\n“The gates froze on Monday.”")
    first = ("Ann Lee", "said", "I was told by senior officials that the dam leaks", CueClass.SAY)
    running = ("Ann Lee", None, "The gates froze on Monday", CueClass.RUNNING)
    assert chain(article, "The gates froze", first, running, of=1) == ["Ann Lee", "senior officials"]
    other = ("Ann Lee", None, "The gates froze on Monday", CueClass.SAY)
    assert chain(article, "The gates froze", first, other, of=1) == ["Ann Lee"]


def test_a_source_that_cites_itself_is_one_hop() -> None:
    article = parse("Ann Lee said that the dam leaks, according to Ann Lee.")
    found = ("Ann Lee", "said", "the dam leaks, according to Ann Lee", CueClass.SAY)
    assert chain(article, "the dam leaks", found) == ["Ann Lee"]
