"""What a desk must be told about the seed article: an outlet's retelling of another outlet's unnamed sources."""

from functools import cache

import pytest

from bot.analysis import check
from bot.reading import read_text
from bot.report import Claim, Flag, FlagKind, Grade, Report, SourceKind
from tests.seed import SEED_TEXT


@cache
def report() -> Report:
    return check(read_text(SEED_TEXT))


def defections() -> Claim:
    at = SEED_TEXT.index("possibly more than 20")
    (found,) = (c for c in report().claims if c.quote.start <= at < c.quote.end)
    return found


def flags(kind: FlagKind) -> list[Flag]:
    return [f for f in report().flags if f.kind is kind]


def passages(kind: FlagKind) -> str:
    return " | ".join(p.text_in(SEED_TEXT) for f in flags(kind) for p in f.passages)


def test_the_defections_come_through_the_mirror_and_bruce_jones_from_unnamed_sources() -> None:
    assert [(h.name, h.kind) for h in defections().chain] == [
        ("The Mirror", SourceKind.NEWS_OUTLET),
        ("Bruce Jones", SourceKind.NAMED_PERSON),
        ("very senior and well-informed sources", SourceKind.ANONYMOUS),
    ]


def test_the_defections_are_hearsay_of_grade_1_and_hedged() -> None:
    assert defections().grade == Grade.VAGUE
    assert any("Hearsay" in r.text for r in defections().reasons)
    assert [h.text_in(SEED_TEXT) for h in defections().hedges] == ["possibly"]
    assert flags(FlagKind.HEARSAY)


def test_the_defections_are_a_key_claim_that_headline_and_caption_state_too() -> None:
    mentions = [m.text_in(SEED_TEXT) for m in defections().mentions]
    assert defections().key
    assert any("20 diplomats DEFECT" in m for m in mentions)
    assert "More than 20 Russian diplomats and spies have defected" in mentions


def test_the_defections_are_worded_with_their_figure_hedge_and_noun_and_nothing_else() -> None:
    worded = defections().claim.replace("have defected", "defected")
    assert worded == "Possibly more than 20 Russian diplomats and spies defected."


def test_the_headline_overstates_the_defections() -> None:
    shown = [
        [p.text_in(SEED_TEXT) for p in f.passages]
        for f in flags(FlagKind.HEADLINE_OVERSTATES)
        if "20 diplomats DEFECT" in f.passages[0].text_in(SEED_TEXT)
    ]
    assert any("possibly more than 20" in s for passages in shown for s in passages[1:])
    assert any("diplomats and spies" in s for passages in shown for s in passages[1:])


def test_losses_in_the_text_are_killed_in_a_caption() -> None:
    shown = passages(FlagKind.WORDING_DRIFT)
    assert "losses" in shown
    assert "killed" in shown


@pytest.mark.parametrize("word", ["crumbling", "Stalinist"])
def test_nobody_in_the_text_says_it(word: str) -> None:
    assert word in passages(FlagKind.ORPHAN_QUOTE)


@pytest.mark.parametrize("figure", ["one million", "110,000", "500"])
def test_the_figure_has_no_source(figure: str) -> None:
    assert figure in passages(FlagKind.UNSOURCED_NUMBER)


def test_the_article_rests_on_one_origin() -> None:
    assert flags(FlagKind.SINGLE_ORIGIN)
    assert report().summary.origins == 1


def test_nothing_is_graded_above_3() -> None:
    assert max(c.grade for c in report().claims) <= Grade.ON_RECORD


def test_kemps_forecast_is_an_attribution_and_no_claim() -> None:
    kemp = [a for a in report().attributions if a.name == "Richard Kemp"]
    forecast = SEED_TEXT.index("Western intelligence will receive")
    assert any(c.start <= forecast < c.end for a in kemp for c in a.content)
    assert all(a.claim_ids == () for a in kemp)
    assert not any(c.quote.end > forecast for c in report().claims)


def test_what_the_mirror_reports_without_an_origin_is_grade_1() -> None:
    for words in ("kept at home as collateral", "show trials"):
        (found,) = (c for c in report().claims if words in c.claim)
        assert (found.kind, found.grade) == (SourceKind.NEWS_OUTLET, Grade.VAGUE)


def test_a_threat_told_without_quoted_words_is_the_articles_own_claim() -> None:
    (found,) = (c for c in report().claims if "jailed or worse" in c.claim)
    assert (found.kind, found.chain) == (SourceKind.NONE, ())
    assert "warned" in found.claim


def test_the_safe_line_names_every_hop_and_keeps_the_hedge() -> None:
    line = report().summary.safe_line
    for part in ("Bruce Jones", "The Mirror", "unnamed sources", "possibly"):
        assert part in line
