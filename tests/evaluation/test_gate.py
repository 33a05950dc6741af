"""The evaluation gate: reports for the annotated articles stay above their floors."""

from pathlib import Path

import pytest

from tests.evaluation.scoring import (
    SHARED,
    gold_texts,
    is_held,
    polnear_texts,
    read_floors,
    score_gold,
    score_polnear,
    write_attributions,
    write_reports,
)

needs_annotations = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the annotated articles do not lie beside this checkout"
)


@needs_annotations
def test_reports_on_the_annotated_articles_stay_above_their_floors(tmp_path: Path) -> None:
    assert write_reports(gold_texts(SHARED), tmp_path / "reports") == []
    scores, _ = score_gold(SHARED, tmp_path / "reports", keep=lambda _name: True, work=tmp_path / "gold")
    assert read_floors("gold").broken_by(scores) == []


@needs_annotations
def test_attributions_in_the_corpus_stay_above_their_floors(tmp_path: Path) -> None:
    write_attributions(polnear_texts(SHARED), tmp_path / "found")
    assert read_floors("polnear").broken_by(score_polnear(SHARED, tmp_path / "found")) == []


def test_a_score_below_its_floor_breaks_the_gate() -> None:
    floors = read_floors("gold")
    passing = dict(floors.at_least) | dict(floors.at_most)
    assert floors.broken_by(passing) == []
    for name in floors.at_least:
        assert len(floors.broken_by(passing | {name: floors.at_least[name] - 0.01})) == 1
    for name in floors.at_most:
        assert len(floors.broken_by(passing | {name: floors.at_most[name] + 0.01})) == 1


def test_a_measure_that_is_not_reported_breaks_the_gate() -> None:
    floors = read_floors("gold")
    assert len(floors.broken_by({})) == len(floors.at_least) + len(floors.at_most) - 1 * (
        "absent" not in floors.at_most
    )


def test_a_third_of_the_articles_is_held_aside() -> None:
    held = sum(is_held(str(number)) for number in range(3000))
    assert 900 < held < 1100
