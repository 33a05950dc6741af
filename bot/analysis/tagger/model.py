"""The shipped weights, run by ONNX Runtime: the only module that knows it."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime

from bot.analysis.parsing import Article
from bot.analysis.syntax import Tree
from bot.analysis.tagger.decoding import DecodeLimits, decode
from bot.analysis.tagger.features import Frame, Integers, build_pieces
from bot.analysis.tagger.labels import Floats
from bot.analysis.tagger.pair_head import PairHead
from bot.analysis.tagger.reading import CueLimits, Encoder, read_pieces
from bot.analysis.tagger.spans import TaggedSpans
from bot.analysis.tagger.syntax_head import SyntaxHead, TreeReader
from bot.analysis.tagger.vocabulary import load_wordpiece
from bot.analysis.tagger.wordpiece import WordPiece

WEIGHTS = ("encoder.onnx", "pair_head.npz", "syntax_head.npz", "vocab.txt")


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
class Tagging:
    """What one pass over an article gives: its attributions in the order of their cues, a tree for every sentence."""

    spans: tuple[TaggedSpans, ...]
    trees: tuple[Tree, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """Finds attributions and grammar in parsed articles. Holds no state between articles."""

    encoder: Encoder
    pair_head: PairHead
    syntax_head: SyntaxHead
    wordpiece: WordPiece
    cue_limits: CueLimits = field(default_factory=CueLimits)
    decode_limits: DecodeLimits = field(default_factory=DecodeLimits)

    def tag(self, article: Article) -> tuple[TaggedSpans, ...]:
        """The attributions alone."""
        return self.read(article).spans

    def read(self, article: Article) -> Tagging:
        """The attributions and trees of the article; time and memory grow with its length."""
        pieces = build_pieces(article.text, article.document.paragraphs, self.wordpiece)
        trees = TreeReader.of(article, pieces, self.syntax_head)
        if not len(pieces):
            return Tagging(spans=(), trees=trees.finish())
        reading = read_pieces(
            pieces,
            self.encoder,
            self.pair_head,
            frame=Frame.of(self.wordpiece),
            limits=self.cue_limits,
            watcher=trees,
        )
        spans = decode(pieces, reading, quotations=article.quotations, limits=self.decode_limits)
        return Tagging(spans=spans, trees=trees.finish())


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
        with (folder / "syntax_head.npz").open("rb") as opened, np.load(opened) as arrays:
            syntax_head = SyntaxHead(out=arrays["out"], bias=arrays["bias"])
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        msg = "the tagger's weights are absent or damaged"
        raise WeightsDamaged(msg) from error
    return Tagger(
        encoder=OnnxEncoder(session=session),
        pair_head=pair_head,
        syntax_head=syntax_head,
        wordpiece=load_wordpiece(),
    )


def checksum(name: str) -> str:
    """SHA-256 of one of the `WEIGHTS`, as MODEL_CARD.md states it."""
    return hashlib.sha256((files("bot.analysis.tagger") / name).read_bytes()).hexdigest()
