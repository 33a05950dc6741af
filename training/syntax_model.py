"""The parts of the network that read the grammar, and their loss."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.analysis.tagger.pair_head import WIDTH
from bot.analysis.tagger.syntax_head import ARC, ENTITIES, LABEL, LABELS, SYNTAX_WIDTHS, TAGS
from training.data import Slice
from training.syntax_labels import UNKNOWN, Grammar

_TAG_SHARE, _ENTITY_SHARE, _ARC_SHARE, _LABEL_SHARE = 0.1, 0.1, 0.15, 0.1
_BARRED = -1e4


class SyntaxColumns(nn.Module):
    """From a learned mixture of all layers' states to the columns that `bot.analysis.tagger.syntax_head` describes."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.shares = nn.Parameter(torch.zeros(layers))
        self.plain = nn.Linear(width, len(TAGS) + len(ENTITIES) + 1)
        self.arc = nn.Linear(width, 2 * ARC)
        self.turned = nn.Linear(ARC, ARC)
        self.label = nn.Linear(width, 2 * LABEL)

    def forward(self, states: Sequence[Tensor]) -> Tensor:
        """States of each layer (batch, pieces, width) to (batch, pieces, SYNTAX_WIDTH)."""
        shares = torch.softmax(self.shares, dim=0)
        mixed = torch.zeros_like(states[0])
        for share, state in zip(shares, states, strict=True):
            mixed = mixed + share * state
        arc, arc_head = functional.gelu(self.arc(mixed)).split(ARC, dim=-1)
        return torch.cat([self.plain(mixed), self.turned(arc), arc_head, self.label(mixed)], dim=-1)


class Labelling(nn.Module):
    """The part of the labels' scores that `SyntaxHead` repeats in numpy."""

    def __init__(self) -> None:
        super().__init__()
        self.out = nn.Linear(LABEL, len(LABELS))

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Projections of tokens and of their heads (tokens, LABEL) to logits (tokens, labels)."""
        logits: Tensor = self.out(functional.gelu(dependent + head, approximate="tanh"))
        return logits


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxBatch:
    """Tokens of the windows, padded (windows, tokens): their pieces, sentences (-1 on padding) and labels."""

    pieces: Tensor
    sentences: Tensor
    tags: Tensor
    labels: Tensor
    heads: Tensor
    entities: Tensor


def build_syntax(slices: Sequence[Slice]) -> SyntaxBatch:
    """The grammar of the windows; a head outside its window is unknown."""
    parts = [_cut(s.example.grammar, s.window) if s.example.grammar else _NOTHING for s in slices]
    length = max(1, *(len(part.pieces) for part in parts))

    def padded(name: str, filler: int) -> Tensor:
        filled = np.full((len(parts), length), filler, dtype=np.int64)
        for row, part in enumerate(parts):
            values = getattr(part, name)
            filled[row, : len(values)] = values
        return torch.from_numpy(filled)

    return SyntaxBatch(
        pieces=padded("pieces", 0),
        sentences=padded("sentences", -1),
        tags=padded("tags", UNKNOWN),
        labels=padded("labels", UNKNOWN),
        heads=padded("heads", UNKNOWN),
        entities=padded("entities", UNKNOWN),
    )


def _cut(grammar: Grammar, window: range) -> Grammar:
    low, high = np.searchsorted(grammar.pieces, [window.start, window.stop])
    inside = (grammar.heads[low:high] >= low) & (grammar.heads[low:high] < high)
    return Grammar(
        pieces=grammar.pieces[low:high] - window.start + 1,
        sentences=grammar.sentences[low:high],
        tags=grammar.tags[low:high],
        labels=np.where(inside, grammar.labels[low:high], UNKNOWN),
        heads=np.where(inside, grammar.heads[low:high] - low, UNKNOWN),
        entities=grammar.entities[low:high],
    )


_EMPTY = np.zeros(0, dtype=np.int64)
_NOTHING = Grammar(pieces=_EMPTY, sentences=_EMPTY, tags=_EMPTY, labels=_EMPTY, heads=_EMPTY, entities=_EMPTY)


def find_syntax_loss(labelling: Labelling, scores: Tensor, batch: SyntaxBatch) -> Tensor:
    """Cross entropies of tags, entities, arcs inside the sentence, and labels given the right head, weighted."""
    if not bool((batch.tags >= 0).any()):
        return scores.new_zeros(())
    rows = _gathered(scores[..., WIDTH:], batch.pieces)
    tags, entities, root, arc, arc_head, label, label_head = rows.split(SYNTAX_WIDTHS, dim=-1)
    arcs = arc @ arc_head.transpose(1, 2)
    itself = torch.eye(arcs.shape[1], dtype=torch.bool)
    arcs = torch.where(itself, root, arcs)
    together = batch.sentences[:, :, None] == batch.sentences[:, None, :]
    arcs = arcs.masked_fill(~together, _BARRED)
    known = batch.heads >= 0
    named = labelling(label[known], _gathered(label_head, batch.heads.clamp(min=0))[known])
    return (
        _TAG_SHARE * _entropy(tags, batch.tags)
        + _ENTITY_SHARE * _entropy(entities, batch.entities)
        + _ARC_SHARE * _entropy(arcs, batch.heads)
        + _LABEL_SHARE * functional.cross_entropy(named, batch.labels[known])
    )


def _gathered(values: Tensor, at: Tensor) -> Tensor:
    return values.gather(1, at[..., None].expand(-1, -1, values.shape[-1]))


def _entropy(logits: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=UNKNOWN)
