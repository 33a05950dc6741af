"""The shipped weights, run by ONNX Runtime: the only module that knows it."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime

from bot.analysis.parsing import Article
from bot.analysis.tagger.decoding import DecodeLimits, TaggedSpans, decode
from bot.analysis.tagger.features import Frame, Integers, build_pieces
from bot.analysis.tagger.labels import Floats
from bot.analysis.tagger.pair_head import PairHead
from bot.analysis.tagger.reading import CueLimits, Encoder, read_pieces
from bot.analysis.tagger.vocabulary import load_wordpiece
from bot.analysis.tagger.wordpiece import WordPiece

WEIGHTS = ("encoder.onnx", "pair_head.npz", "vocab.txt")


class WeightsDamaged(Exception):
    """The package's weights cannot be read: a packaging mistake, never the reader's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxEncoder:
    """An inference session; safe to be used from several threads."""

    session: onnxruntime.InferenceSession

    def score(self, ids: Integers, types: Integers) -> Floats:
        """Score the pieces of one window (see `reading.Encoder`)."""
        scores: Floats = self.session.run(None, {"ids": ids[None], "types": types[None]})[0][0]
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """Finds attributions in parsed articles. Holds no state between articles."""

    encoder: Encoder
    pair_head: PairHead
    wordpiece: WordPiece
    cue_limits: CueLimits = field(default_factory=CueLimits)
    decode_limits: DecodeLimits = field(default_factory=DecodeLimits)

    def tag(self, article: Article) -> tuple[TaggedSpans, ...]:
        """The attributions of the article in the order of their cues; time and memory grow with its length."""
        pieces = build_pieces(article.text, article.document.paragraphs, self.wordpiece)
        if not len(pieces):
            return ()
        frame = Frame.of(self.wordpiece)
        reading = read_pieces(pieces, self.encoder, self.pair_head, frame=frame, limits=self.cue_limits)
        quotations = [q.span for q in article.quotations]
        return decode(pieces, reading, quotations=quotations, limits=self.decode_limits)


@cache
def load_tagger(*, threads: int = 1) -> Tagger:
    """The shipped tagger, loaded once for each number of `threads` that one article may use."""
    folder = files("bot.analysis.tagger")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        weights = (folder / "encoder.onnx").read_bytes()
        session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        with (folder / "pair_head.npz").open("rb") as opened, np.load(opened) as arrays:
            pair_head = PairHead(distance=arrays["distance"], out=arrays["out"], bias=arrays["bias"])
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        msg = "the tagger's weights are absent or damaged"
        raise WeightsDamaged(msg) from error
    return Tagger(encoder=OnnxEncoder(session=session), pair_head=pair_head, wordpiece=load_wordpiece())


def checksum(name: str) -> str:
    """SHA-256 of one of the `WEIGHTS`, as MODEL_CARD.md states it."""
    return hashlib.sha256((files("bot.analysis.tagger") / name).read_bytes()).hexdigest()
