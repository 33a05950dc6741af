"""Score a tagger on the corpus's development part: `python -m training.evaluate CORPUS_DIR SCORER WEIGHTS_DIR`.

SCORER is the path of the scoring script (it reads ID.json files). WEIGHTS_DIR holds encoder.onnx and pair_head.npz. The
texts held aside while tuning are scored apart.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from bot.analysis.parsing import parse_article
from bot.analysis.tagger.model import OnnxEncoder, Tagger
from bot.analysis.tagger.pair_head import PairHead
from bot.analysis.tagger.spans import TaggedSpans
from bot.analysis.tagger.syntax_head import SyntaxHead
from bot.analysis.tagger.vocabulary import load_wordpiece
from bot.document import Span
from tests.evaluation.parts import is_held
from training.data import plain_document


def read_tagger(folder: Path, *, encoder: str = "encoder.onnx", threads: int = 2) -> Tagger:
    """The tagger whose weights lie in `folder`."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(folder / encoder), options)
    arrays = np.load(folder / "pair_head.npz")
    pair_head = PairHead(distance=arrays["distance"], out=arrays["out"], bias=arrays["bias"])
    arrays = np.load(folder / "syntax_head.npz")
    return Tagger(
        encoder=OnnxEncoder(session=session),
        pair_head=pair_head,
        syntax_head=SyntaxHead(out=arrays["out"], bias=arrays["bias"]),
        wordpiece=load_wordpiece(),
    )


def score(lines: Sequence[str], found: dict[str, Sequence[TaggedSpans]], scorer: Path) -> str:
    """What the scoring script prints for these articles of the corpus."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
        for identifier, attributions in found.items():
            report = {"attributions": [_plain(a) for a in attributions]}
            (folder / f"{identifier}.json").write_text(json.dumps(report), encoding="utf-8")
        command = [sys.executable, str(scorer), str(folder / "gold.jsonl"), str(folder)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own script


def _plain(attribution: TaggedSpans) -> dict[str, object]:
    def one(span: Span | None) -> dict[str, int] | None:
        return {"start": span.start, "end": span.end} if span else None

    return {
        "source": one(attribution.source),
        "cue": one(attribution.cue),
        "content": [one(s) for s in attribution.content],
    }


def main() -> None:
    """Tag the development part and print its scores, tuned and held-out parts apart."""
    parser = argparse.ArgumentParser(description="Score a tagger on the corpus.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", default="encoder.onnx", help="file name of the encoder")
    asked = parser.parse_args()
    tagger = read_tagger(asked.weights, encoder=asked.encoder)
    lines = (asked.corpus / "dev.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    records = {raw["id"]: raw["text"] for raw in map(json.loads, lines)}
    found = {name: tagger.tag(parse_article(plain_document(text))) for name, text in records.items()}
    for part, keep in (("tune", lambda n: not is_held(n)), ("held", is_held), ("all", lambda _n: True)):
        kept = [line for line in lines if keep(json.loads(line)["id"])]
        print(part)
        print(score(kept, {n: f for n, f in found.items() if keep(n)}, asked.scorer), end="")


if __name__ == "__main__":
    main()
