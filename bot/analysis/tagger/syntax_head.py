"""The grammar of each sentence from the encoder's last columns: tags, entities, arcs between tokens and their labels.

A token is read at its first piece. Arcs are scored by a biaffine form after Dozat and Manning (2017, "Deep biaffine
attention for neural dependency parsing"), of which the encoder has done the token's own part; a label is scored from a
token and the head chosen for it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np

from bot.analysis.parsing import Article
from bot.analysis.syntax import Node, Tree, grow_tree
from bot.analysis.tagger.features import Integers, Pieces
from bot.analysis.tagger.labels import Floats, gelu
from bot.analysis.tagger.pair_head import WIDTH
from bot.analysis.tagger.reading import Mask

_TAGS = (
    "# $ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP "
    "PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
)
TAGS = tuple(_TAGS.split())
_LABELS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass "
    "dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj "
    "poss preconj predet prep prt punct quantmod relcl xcomp"
)
LABELS = tuple(_LABELS.split())
KINDS = ("PERSON", "ORG", "PLACE", "NORP", "DATE")
ENTITIES = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
ARC, LABEL = 128, 128
# Columns after those of the pair head: tags, entities, being the root, then as dependent and as head: arc and label.
SYNTAX_WIDTHS = (len(TAGS), len(ENTITIES), 1, ARC, ARC, LABEL, LABEL)
SYNTAX_WIDTH = sum(SYNTAX_WIDTHS)
_COLUMNS = tuple(pairwise(accumulate(SYNTAX_WIDTHS, initial=0)))
_ROOT = LABELS.index("ROOT")
_LOOSE = "dep"
_LONGEST = 240  # tokens whose arcs are scored together; what is longer is no sentence, and scores grow with the square
_BARRED = -1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxHead:
    """Weights of the label scores: `out` (LABEL, labels) and `bias` (labels,)."""

    out: Floats
    bias: Floats

    def parse(self, rows: Floats) -> Tree:
        """The tree of a sentence from its tokens' columns (tokens, SYNTAX_WIDTH): one root, no cycle."""
        nodes: list[Node] = []
        for first in range(0, len(rows), _LONGEST):
            nodes.extend(self._nodes(rows[first : first + _LONGEST], first))
        return grow_tree(tuple(nodes))

    def _nodes(self, rows: Floats, first: int) -> Iterator[Node]:
        tags, entities, root, arc, arc_head, label, label_head = split_syntax(rows)
        arcs = arc @ arc_head.T
        np.fill_diagonal(arcs, root[:, 0])
        heads = choose_heads(arcs)
        scores = gelu(label + label_head[heads]) @ self.out + self.bias
        scores[:, _ROOT] = _BARRED
        labels = [LABELS[n] for n in scores.argmax(axis=1)]
        tagged, named = tags.argmax(axis=1).tolist(), entities.argmax(axis=1).tolist()
        before = ""
        for at, head in enumerate(heads.tolist()):
            place, _, kind = ENTITIES[named[at]].partition("-")
            begins = bool(kind) and (place == "B" or kind != before)
            before = kind
            tag, name, above = TAGS[tagged[at]], labels[at], first + head
            if head == at:
                name, above = ("ROOT", first + at) if first == 0 else (_LOOSE, 0)
            yield Node(tag=tag, label=name, head=above, entity=kind, begins=begins)


@dataclass(slots=True, kw_only=True)
class TreeReader:
    """Takes the encoder's columns window by window and grows the trees of the sentences that are complete.

    `places` gives each token's piece, in text order, and `lengths` the tokens of each sentence.
    """

    head: SyntaxHead
    places: Integers
    lengths: deque[int]
    trees: list[Tree] = field(default_factory=list)
    _rows: list[Floats] = field(default_factory=list)
    _waiting: int = 0

    @classmethod
    def of(cls, article: Article, pieces: Pieces, head: SyntaxHead) -> "TreeReader":
        """A reader for the article's sentences."""
        lengths = deque(len(s.tokens) for s in article.sentences)
        return cls(head=head, places=token_pieces(article, pieces), lengths=lengths)

    def take(self, own: range, scores: Floats) -> None:
        """Read the encoder's output `scores` (pieces, columns) for the pieces `own`; those must come in order."""
        low, high = np.searchsorted(self.places, [own.start, own.stop])
        self._rows.append(scores[self.places[low:high] - own.start, WIDTH:])
        self._waiting += int(high - low)
        if self.lengths and self.lengths[0] <= self._waiting:
            self._grow()

    def finish(self) -> tuple[Tree, ...]:
        """The trees of all sentences, when the last window is taken."""
        if self.lengths:
            short = sum(self.lengths) - self._waiting  # tokens of a text that has no piece at all
            self._rows.append(np.zeros((short, SYNTAX_WIDTH), dtype=np.float32))
            self._grow()
        return tuple(self.trees)

    def _grow(self) -> None:
        rows = np.concatenate(self._rows)
        at = 0
        while self.lengths and at + self.lengths[0] <= len(rows):
            length = self.lengths.popleft()
            self.trees.append(self.head.parse(rows[at : at + length]))
            at += length
        self._rows, self._waiting = [rows[at:]], len(rows) - at


def token_pieces(article: Article, pieces: Pieces) -> Integers:
    """For each token of the article, in text order, the number of the first piece that begins in it.

    A token in which none begins (a control character, a mark that was folded away) gets the piece before it.
    """
    real = np.flatnonzero(pieces.words >= 0)
    tokens = [(token.start, token.end) for sentence in article.sentences for token in sentence.tokens]
    starts, ends = np.array(tokens, dtype=np.int64).reshape(-1, 2).T
    known = np.append(pieces.starts[real], len(article.text))
    first = np.searchsorted(known, starts, side="left")
    first = np.where(known[first] < ends, first, np.maximum(first - 1, 0))
    places: Integers = np.append(real, 0)[first]
    return places


def split_syntax(rows: Floats) -> Sequence[Floats]:
    """Columns taken apart by `SYNTAX_WIDTHS`, along the last axis."""
    return [rows[..., start:end] for start, end in _COLUMNS]


def choose_heads(arcs: Floats) -> Integers:
    """The head of each token from scores (dependent, head), where the diagonal scores being the root.

    The root is the token that gains most by it. Every other token takes its best head; where that makes a cycle, the
    cycle is opened at the token that loses least by a head that leads to the root.
    """
    scores = arcs.astype(np.float64)
    among = scores.copy()
    np.fill_diagonal(among, _BARRED)
    root = int((np.diag(scores) - among.max(axis=1)).argmax())
    heads: Integers = among.argmax(axis=1)
    heads[root] = root
    reached = _reached(heads, root)
    while not reached.all():
        cycle = _cycle(heads, int(np.flatnonzero(~reached)[0]))
        kept = among[cycle, heads[cycle]]
        other = np.where(reached, among[cycle], _BARRED)
        loser = int((kept - other.max(axis=1)).argmin())
        heads[cycle[loser]] = int(other[loser].argmax())
        reached = _reached(heads, root)
    return heads


def _reached(heads: Integers, root: int) -> Mask:
    """Which tokens lead to the root: after n steps of doubling, 2**n heads up."""
    up = heads
    for _ in range(len(heads).bit_length()):
        up = up[up]
    reached: Mask = up == root
    return reached


def _cycle(heads: Integers, start: int) -> Integers:
    seen: list[int] = []
    at = start
    while at not in seen:
        seen.append(at)
        at = int(heads[at])
    return np.array(seen[seen.index(at) :], dtype=np.int64)
