import pytest

from bot.analysis.flags import find_flags
from bot.analysis.parsing import Article
from bot.analysis.sentencehood import is_sentence, opens_with_name
from bot.analysis.summary import render_line, summarize
from bot.report import Band, Claim, SourceKind, Summary
from tests.bot.analysis.building import grow
from tests.bot.analysis.flags.drafting import Source, anonymous, body, claim, draft, outlet, person

ARTICLE = draft(
    "# Harbour closed",
    "The harbour is closed, harbour master Ida Berg told The Echo, citing what senior people told her.",
    "Some 300 boats are stuck. It is understood that the port will sue. Acme dumped oil, Ann Lee said.",
    "A report by the Tide Board shows the quay is sinking. Possibly more than 20 berths are lost, sources said.",
)
BERG = person("Ida Berg", title="harbour master")


def summary(article: Article, *claims: Claim) -> Summary:
    return summarize(article, claims, (), find_flags(article, claims, ()))


def safe_line(quote: str, *sources: Source, says: str = "") -> str:
    return summary(ARTICLE, claim(ARTICLE, quote, *sources, says=says)).safe_line


@pytest.mark.parametrize(
    ("claims", "counts", "origins", "line"),
    [
        (16, (0, 0, 8, 8), 1, "16 claims: 0 strong, 0 moderate, 8 weak, 8 unsourced; 1 independent origin."),
        (1, (1, 0, 0, 0), 2, "1 claim: 1 strong, 0 moderate, 0 weak, 0 unsourced; 2 independent origins."),
        (2, (0, 0, 0, 2), 0, "2 claims: 0 strong, 0 moderate, 0 weak, 2 unsourced; no origin is named."),
        (0, (0, 0, 0, 0), 0, "No checkable claims."),
    ],
)
def test_the_line_counts_claims_bands_and_origins(
    claims: int, counts: tuple[int, ...], origins: int, line: str
) -> None:
    assert render_line(claims, tuple(zip(Band, counts, strict=True)), origins) == line


@pytest.mark.parametrize(
    ("quote", "sources", "expected"),
    [
        ("The harbour is closed", (BERG,), "Ida Berg, harbour master, says that the harbour is closed."),
        (
            "The harbour is closed",
            (outlet("The Echo"), BERG),
            "Ida Berg, harbour master, told The Echo that the harbour is closed.",
        ),
        (
            "The harbour is closed",
            (outlet("The Echo"), BERG, anonymous("senior people")),
            (
                "Ida Berg, harbour master, told The Echo that unnamed sources (“senior people”) had told Berg that the "
                "harbour is closed."
            ),
        ),
        (
            "The harbour is closed",
            (outlet("The Echo"),),
            "The Echo reports, without an origin that is stated here, that the harbour is closed.",
        ),
        ("Some 300 boats are stuck", (), "The text states, citing nobody, that some 300 boats are stuck."),
        (
            "the port will sue",
            (Source(words="It is understood", kind=SourceKind.UNSPECIFIED),),
            "The text says, naming nobody (“It is understood”), that the port will sue.",
        ),
        (
            "the quay is sinking",
            (Source(words="A report by the Tide Board", kind=SourceKind.DOCUMENT, name="report by the Tide Board"),),
            "According to the report by the Tide Board, the quay is sinking.",
        ),
    ],
)
def test_the_safe_line_names_every_hop(quote: str, sources: tuple[Source, ...], expected: str) -> None:
    assert safe_line(quote, *sources) == expected


def test_the_safe_line_keeps_a_hedge_that_the_wording_of_the_claim_lost() -> None:
    quote = "Possibly more than 20 berths are lost"
    line = safe_line(quote, anonymous("sources"), says="More than 20 berths are lost.")
    assert line.endswith("that more than 20 berths are lost (hedged in the text: “Possibly more than 20 berths”).")


def test_the_safe_line_does_not_repeat_a_hedge_that_the_claim_keeps() -> None:
    line = safe_line("Possibly more than 20 berths are lost", anonymous("sources"))
    assert "hedged in the text" not in line


def test_the_safe_line_takes_the_headline_claim_that_has_a_source() -> None:
    closed = claim(ARTICLE, "The harbour is closed", BERG, also=("Harbour closed",))
    stuck = claim(ARTICLE, "Some 300 boats are stuck")
    assert "the harbour is closed" in summary(ARTICLE, stuck, closed).safe_line


def test_the_safe_line_passes_over_a_claim_whose_pronoun_would_dangle() -> None:
    article = draft("# Harbour", "It was shut, Ida Berg said. The berths were lost, Ann Lee said.")
    claims = (
        claim(article, "It was shut", person("Ida Berg"), key=False),
        claim(article, "The berths were lost", person("Ann Lee"), key=False),
    )
    assert summary(article, *claims).safe_line == "Ann Lee says that the berths were lost."


def test_a_text_without_claims_is_summed_up_as_such() -> None:
    empty = summary(draft("# Is spring here?", "Come and see."))
    assert empty.line == "No checkable claims."
    assert empty.claims == 0
    assert "no checkable claim" in empty.safe_line
    assert "Is spring here?" in empty.missing[0]


def test_what_is_missing_names_the_report_the_basis_the_party_and_the_figures() -> None:
    claims = (
        claim(ARTICLE, "The harbour is closed", outlet("The Echo"), BERG, anonymous("senior people")),
        claim(ARTICLE, "Some 300 boats are stuck"),
        claim(ARTICLE, "Acme dumped oil", person("Ann Lee"), says="Acme dumped oil illegally."),
    )
    missing = " ".join(summary(ARTICLE, *claims).missing)
    for words in (
        "original report: The Echo",
        "Ida Berg’s basis",
        "senior people",
        "response of Acme",
        "Some 300 boats",
    ):
        assert words in missing


@pytest.mark.parametrize("count", range(1, 5))
def test_two_to_six_things_are_missing_however_few_the_claims(count: int) -> None:
    quotes = ("The harbour is closed", "Some 300 boats are stuck", "Acme dumped oil", "the quay is sinking")
    claims = [claim(ARTICLE, q, body("the Tide Board")) for q in quotes[:count]]
    assert 2 <= len(summary(ARTICLE, *claims).missing) <= 6


def test_two_articles_never_lack_the_same_things() -> None:
    other = draft("# Pier closed", "The pier is closed, Ida Berg said.")
    first = summary(ARTICLE, claim(ARTICLE, "The harbour is closed", BERG))
    second = summary(other, claim(other, "The pier is closed", person("Ida Berg")))
    assert first.missing != second.missing


def test_bands_are_counted_strong_first() -> None:
    claims = (
        claim(ARTICLE, "The harbour is closed", body("the Tide Board")),
        claim(ARTICLE, "Some 300 boats are stuck"),
    )
    assert summary(ARTICLE, *claims).bands == (
        (Band.STRONG, 1),
        (Band.MODERATE, 0),
        (Band.WEAK, 0),
        (Band.UNSOURCED, 1),
    )


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("Pledged to reopen the quay.", "Ida Berg says: “Pledged to reopen the quay”."),
        ("It was shut.", "Ida Berg says: “It was shut”."),
        ("On Friday it will close.", "Ida Berg says: “On Friday it will close”."),
        ("We shut the “old” quay.", "Ida Berg says: “We shut the ‘old’ quay”."),
        ("The quay was shut.", "Ida Berg says that the quay was shut."),
    ],
)
def test_the_safe_line_quotes_what_is_no_sentence_of_its_own(says: str, expected: str) -> None:
    assert safe_line("The harbour is closed", person("Ida Berg"), says=says) == expected


def test_the_safe_line_quotes_what_only_the_headline_says() -> None:
    article = draft("# Two held after harbour raid", "Come and see.")
    line = summary(article, claim(article, "Two held after harbour raid")).safe_line
    assert line == "The headline states, citing nobody: “Two held after harbour raid”."


def test_the_safe_line_takes_the_clause_rather_than_the_sentence_that_tells_its_source_too() -> None:
    article = draft("# Harbour", "The harbour is closed, port officials said, the second time this year.")
    whole = "The harbour is closed, port officials said, the second time this year"
    claims = [claim(article, q, anonymous("port officials")) for q in (whole, "The harbour is closed")]
    assert summary(article, *claims).safe_line == "Unnamed sources (“port officials”) say that the harbour is closed."


@pytest.mark.parametrize(
    ("sentence", "source", "opening"),
    [
        ("Police said the quay was shut.", body("Police"), "Police say that "),
        ("The coast guard said the quay was shut.", body("coast guard"), "The coast guard says that "),
        (
            "The carmaker said the quay was shut.",
            Source(words="The carmaker", kind=SourceKind.NAMED_ORGANIZATION, name="Acme Motors"),
            "Acme Motors says that ",
        ),
        (
            "The mayor said the quay was shut.",
            Source(words="The mayor", kind=SourceKind.UNNAMED_PERSON, name="mayor"),
            "A person who is not named (“The mayor”) says that ",
        ),
    ],
)
def test_a_hop_is_named_with_its_article_and_a_verb_that_agrees(sentence: str, source: Source, opening: str) -> None:
    article = draft("# Harbour", sentence)
    assert summary(article, claim(article, "the quay was shut", source)).safe_line == f"{opening}the quay was shut."


def test_what_is_missing_gives_sources_their_article() -> None:
    article = draft("# Harbour", "The coast guard said the quay was shut. A witness said the pier burned.")
    claims = (
        claim(article, "the quay was shut", body("coast guard")),
        claim(article, "the pier burned", Source(words="A witness", kind=SourceKind.UNNAMED_PERSON, name="witness")),
    )
    missing = " ".join(summary(article, *claims).missing)
    assert "independent of the coast guard" in missing
    assert "which rests on “A witness”" in missing


def test_grammar_tells_a_sentence_from_a_piece_of_one_and_a_name_from_a_common_word() -> None:
    grown = grow(
        "Prices/NNS/nsubj rose/VBD when/WRB/advmod/fell demand/NN/nsubj/fell fell/VBD/advcl/rose .",
        "Harbours/NNS/nsubj closed/VBD .",
        "Nordlock/NNP/nsubj closed/VBD .",
        "Messaging/NNP/compound/apps apps/NNS/nsubj broke/VBD .",
        "Norland/NNP/nsubj/lost/PLACE lost/VBD .",
        "Interior/NNP/compound/Lee Secretary/NNP/compound/Lee Lee/NNP/nsubj left/VBD .",
    )
    pieces = {
        "when demand fell": False,
        "demand fell": True,
        "Prices rose when demand fell": True,
        "Harbours closed": True,
    }
    for quote, whole in pieces.items():
        assert is_sentence(grown.article, claim(grown.article, quote), grown.trees) is whole
    names = {
        "Harbours closed": False,
        "Nordlock closed": True,
        "Messaging apps broke": False,
        "Norland lost": True,
        "Interior Secretary Lee left": True,
    }
    for quote, named in names.items():
        assert opens_with_name(grown.article, claim(grown.article, quote), grown.trees) is named
    assert opens_with_name(grown.article, claim(grown.article, "Nordlock closed"), ()) is None


def test_what_only_the_headline_says_is_missing_a_source_as_such() -> None:
    article = draft("# Two held after harbour raid", "Come and see.")
    (source, _) = summary(article, claim(article, "Two held after harbour raid")).missing
    assert source == "A source for “Two held after harbour raid”, which only the headline states citing nobody."


def test_no_confirmation_is_asked_for_a_denial() -> None:
    article = draft("# Harbour", "Ida Berg denied that the quay was shut.")
    missing = summary(article, claim(article, "Ida Berg denied that the quay was shut", person("Ida Berg"))).missing
    assert not any("Confirmation" in item for item in missing)


def test_a_clause_that_names_its_source_is_told_as_the_texts() -> None:
    article = draft("# Harbour", "Police released a video of the rescue.")
    line = summary(article, claim(article, "Police released a video of the rescue", body("Police"))).safe_line
    assert line == "The text says that Police released a video of the rescue."


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Acme will close its plant.", "Acme says that it will close its plant."),
        ("Acme have closed.", "Acme says that they have closed."),
        ("Acme shares fell to ten dollars.", "Acme says that Acme shares fell to ten dollars."),
    ],
)
def test_a_body_does_not_say_its_own_name(says: str, told: str) -> None:
    article = draft("# Plant", "The plant closes, Acme said.")
    assert summary(article, claim(article, "The plant closes", body("Acme"), says=says)).safe_line == told


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("The Echo and The Post", "The Echo and The Post report, "),
        ("Recent reports", "According to recent reports, "),
        ("local media", "According to local media, "),
    ],
)
def test_outlets_agree_with_their_verb(name: str, opening: str) -> None:
    article = draft("# Plant", f"{name} said the plant was closed.")
    told = summary(article, claim(article, "the plant was closed", outlet(name)))
    assert told.safe_line.startswith(opening)
    assert (told.missing[0] == "Which outlet reported it, and from whom: “The plant was closed”.") is (
        opening.startswith("According")
    )
