"""Write reports for the annotated texts and print their scores.

python -m tests.evaluation.run                      all scores, tuned and held-out parts apart
python -m tests.evaluation.run --misses tune        also what was missed, among the texts used for tuning
python -m tests.evaluation.run --gold-only --out reports
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.evaluation.scoring import (
    SHARED,
    Scores,
    gold_texts,
    is_held,
    polnear_texts,
    read_floors,
    score_gold,
    score_polnear,
    write_attributions,
    write_reports,
)

PARTS = {"tune": lambda name: not is_held(name), "held": is_held, "all": lambda _name: True}


def main() -> int:
    """Print the scores beside their floors; 1 when a floor is missed, 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description="Score reports against annotated articles.")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with bench, gold and polnear")
    parser.add_argument("--out", type=Path, help="keep the reports here (default: a temporary folder)")
    parser.add_argument("--misses", choices=PARTS, help="list what this part's reports got wrong")
    parser.add_argument("--gold-only", action="store_true", help="leave the attribution corpus out")
    asked = parser.parse_args()
    if not asked.shared.is_dir():
        print(f"There is no folder {asked.shared}: nothing to measure.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        out = asked.out or work / "reports"
        broken = _measure_gold(asked.shared, out / "gold", work=work, misses=asked.misses)
        if not asked.gold_only:
            broken += _measure_polnear(asked.shared, out / "polnear")
    for sentence in broken:
        print("below the floor:", sentence)
    return 1 if broken else 0


def _measure_gold(shared: Path, out: Path, *, work: Path, misses: str | None) -> list[str]:
    _write(list(gold_texts(shared)), out)
    floors = read_floors("gold")
    scored = {
        part: score_gold(shared, out, keep=keep, work=work / part, with_misses=part == misses)
        for part, keep in PARTS.items()
    }
    _print_table({part: scores for part, (scores, _) in scored.items()}, floors.at_least | floors.at_most)
    if misses:
        print("\n".join(scored[misses][1]))
    return floors.broken_by(scored["all"][0])


def _measure_polnear(shared: Path, out: Path) -> list[str]:
    texts = list(polnear_texts(shared))
    write_attributions(texts, out / "found")
    _write(texts, out / "reported")
    floors = read_floors("polnear")
    found = score_polnear(shared, out / "found")
    columns = {"found": found, "reported": score_polnear(shared, out / "reported")}
    _print_table(columns, floors.at_least | floors.at_most)
    return floors.broken_by(found)


def _write(texts: list[tuple[str, str]], out: Path) -> None:
    began = time.perf_counter()
    failures = write_reports(texts, out)
    taken = (time.perf_counter() - began) / len(texts)
    print(f"\n{len(texts)} texts, {1000 * taken:.0f} ms each")
    for failure in failures:
        print("not checked:", failure)


def _print_table(columns: dict[str, Scores], floors: Scores) -> None:
    names = list(dict.fromkeys(name for scores in columns.values() for name in scores))
    print(f"{'':22s}" + "".join(f"{part:>9s}" for part in columns) + f"{'floor':>9s}")
    for name in names:
        cells = "".join(f"{scores.get(name, 0):9.3f}" for scores in columns.values())
        print(f"{name:22s}{cells}{floors.get(name, ''):>9}")


if __name__ == "__main__":
    sys.exit(main())
