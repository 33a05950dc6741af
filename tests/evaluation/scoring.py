"""Reports for annotated texts, and their scores.

The annotated articles and the scoring scripts are not part of the repository: they lie in a folder `shared`
beside the checkout (`bench/`, `gold/`, `polnear/`), or nowhere, and then there is nothing to measure.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.analysis import check
from bot.analysis.attributions import FoundAttribution
from bot.analysis.parsing import parse_article
from bot.analysis.span_finder import find_attributions
from bot.analysis.tagger.model import load_tagger
from bot.contract import render_json
from bot.document import Span
from bot.errors import ClaimcheckError
from bot.reading import read_text
from tests.evaluation.parts import SHARED as SHARED  # noqa: PLC0414 - scripts look for it here too
from tests.evaluation.parts import is_held as is_held  # noqa: PLC0414 - the same

FLOORS = Path(__file__).with_name("floors.toml")

_POLNEAR_LINE = re.compile(r"^(\w+)\s+precision (\S+)\s+recall (\S+)\s+f1 (\S+)", re.MULTILINE)
_POLNEAR_ABSENT = re.compile(r"^absent reports: (\d+)", re.MULTILINE)

Scores = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """What one set of scores must reach, by name of the measure."""

    at_least: Scores
    at_most: Scores

    def broken_by(self, scores: Scores) -> list[str]:
        """One sentence for each floor that the scores miss, a measure that is absent among them."""
        low = [
            f"{name} is {scores.get(name, 0.0):.3f}, at least {floor} is asked"
            for name, floor in self.at_least.items()
            if scores.get(name, 0.0) < floor
        ]
        high = [
            f"{name} is {scores.get(name, 1.0):.3f}, at most {top} is allowed"
            for name, top in self.at_most.items()
            if scores.get(name, 1.0) > top
        ]
        return low + high


def read_floors(name: str) -> Floors:
    """The floors that stand in floors.toml under `name` ("gold", "polnear")."""
    table = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[name]
    return Floors(at_least=table["at_least"], at_most=table["at_most"])


def gold_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every annotated article."""
    for path in sorted((shared / "gold").glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))["text"]


def polnear_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every article of the attribution corpus's development part."""
    with (shared / "polnear" / "dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["text"]


def write_reports(texts: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    """Write ID.json for each text, as `claimcheck check --json` prints it; return what could not be checked."""
    folder.mkdir(parents=True, exist_ok=True)
    failures = []
    for identifier, text in texts:
        try:
            report = check(read_text(text))
        except ClaimcheckError as error:
            failures.append(f"{identifier}: {error.message}")
            continue
        (folder / f"{identifier}.json").write_text(render_json(report, elapsed_ms=0), encoding="utf-8")
    return failures


def write_attributions(texts: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write ID.json for each text with all attributions that are found, acts and attitudes among them.

    What `check` reports leaves those out; the corpus has them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tagger = load_tagger()
    for identifier, text in texts:
        article = parse_article(read_text(text))
        found = find_attributions(article, tagger.read(article))
        plain = {"attributions": [_plain(attribution) for attribution in found]}
        (folder / f"{identifier}.json").write_text(json.dumps(plain), encoding="utf-8")


def _plain(found: FoundAttribution) -> dict[str, object]:
    def one(span: Span | None) -> dict[str, int] | None:
        return {"start": span.start, "end": span.end} if span else None

    return {"source": one(found.source), "cue": one(found.cue), "content": [one(c) for c in found.content]}


def score_gold(
    shared: Path, reports: Path, *, keep: Callable[[str], bool], work: Path, with_misses: bool = False
) -> tuple[Scores, list[str]]:
    """Scores over the annotated articles whose id `keep` admits, and the misses if they are asked for.

    `work` is an empty folder to put the kept annotations into.
    """
    work.mkdir(parents=True)
    for path in (shared / "gold").glob("*.json"):
        if keep(path.stem):
            shutil.copy(path, work)
    options = ["--json", *(["--misses"] if with_misses else [])]
    done = _run(shared / "bench" / "score_gold.py", [str(work), str(reports), *options])
    return json.loads(done.stdout), done.stderr.splitlines()


def score_polnear(shared: Path, reports: Path) -> Scores:
    """Precision, recall and F1 of attributions, over all and over reported speech."""
    printed = _run(shared / "bench" / "score_polnear.py", [str(shared / "polnear" / "dev.jsonl"), str(reports)]).stdout
    absent = _POLNEAR_ABSENT.search(printed)
    scores = {"absent": float(absent[1]) if absent else 0.0}
    for part, precision, recall, f1 in _POLNEAR_LINE.findall(printed):
        scores |= {f"{part}_precision": float(precision), f"{part}_recall": float(recall), f"{part}_f1": float(f1)}
    return scores


def _run(script: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    # The script and the folder are this function's own, nothing that a user typed.
    return subprocess.run(  # noqa: S603
        [sys.executable, str(script), *arguments], check=True, capture_output=True, text=True, encoding="utf-8"
    )
