"""The network: a small BERT encoder with case-and-quotation token types, a BIO head and a cue-conditioned pair head."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from bot.analysis.tagger.features import TOKEN_TYPES
from bot.analysis.tagger.pair_head import BUCKETS, HIDDEN, WIDTH, WIDTHS
from training.syntax_model import Labelling, SyntaxColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the encoder; those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    places: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6
    dropout: float = 0.0


class Layer(nn.Module):
    """One transformer layer, normalised after each residual sum (BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.joined = nn.Linear(shape.width, shape.width)
        self.norm_attention = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_output = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States (batch, pieces, width) to states; `mask` (batch, 1, 1, pieces) tells real pieces."""
        batch, length, width = states.shape
        query, key, value = (
            part(states).view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        states = self.norm_attention(states + self.drop(self.joined(seen)))
        grown: Tensor = self.norm_output(states + self.drop(self.down(functional.gelu(self.up(states)))))
        return grown


class Encoder(nn.Module):
    """Pieces to the columns that `bot.analysis.tagger.pair_head` describes, then those of `syntax_head`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.types = nn.Embedding(TOKEN_TYPES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.drop = nn.Dropout(shape.dropout)
        self.heads = nn.Linear(shape.width, sum(WIDTHS))
        self.syntax = SyntaxColumns(shape.width, shape.layers)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor | None = None) -> Tensor:
        """Numbers (batch, pieces) to scores (batch, pieces, WIDTH + SYNTAX_WIDTH)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.places(places) + self.types(types))
        after: list[Tensor] = []
        for layer in self.layers:
            states = layer(states, mask)
            after.append(states)
        return torch.cat([self.heads(self.drop(states)), self.syntax(after)], dim=-1)


class Pairing(nn.Module):
    """The part of the pair head that `PairHead` repeats in numpy."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(BUCKETS, HIDDEN)
        self.out = nn.Linear(HIDDEN, 3)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(self, scores: Tensor, owners: Tensor, cues: Tensor, buckets: Tensor) -> Tensor:
        """Logits (cues, pieces, 3).

        `owners` (cues,) is each cue's row in the batch, `cues` (cues, pieces) weights that sum to one over its pieces.
        """
        parts = scores[..., :WIDTH].split(WIDTHS, dim=-1)
        _, as_cue, as_piece, cue_source, piece_source, cue_content, piece_content = parts

        def mean(part: Tensor) -> Tensor:
            return torch.einsum("cp,cpd->cd", cues, part[owners])

        joined = mean(as_cue)[:, None] + as_piece[owners] + self.distance(buckets)
        logits: Tensor = self.out(functional.gelu(joined, approximate="tanh"))
        source = torch.einsum("cd,cpd->cp", mean(cue_source), piece_source[owners])
        content = torch.einsum("cd,cpd->cp", mean(cue_content), piece_content[owners])
        return logits + torch.stack([torch.zeros_like(source), source, content], dim=-1)


class TaggerNet(nn.Module):
    """Encoder, pairing and labelling together."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.pairing = Pairing()
        self.labelling = Labelling()


def start_from(folder: Path, *, seed: int, dropout: float = 0.0) -> TaggerNet:
    """A network with the encoder weights of all-MiniLM-L6-v2 in `folder`, fresh heads and frozen embeddings."""
    torch.manual_seed(seed)
    net = TaggerNet(Shape(dropout=dropout))
    given = load_file(folder / "model.safetensors")
    target = net.encoder.state_dict()
    for name, tensor in given.items():
        mine = _own_name(name)
        if mine is not None:
            target[mine] = tensor
    row = given["embeddings.token_type_embeddings.weight"][:1]
    target["types.weight"] = row + 0.002 * torch.randn(TOKEN_TYPES, row.shape[1])
    target["heads.weight"] = 0.02 * torch.randn_like(target["heads.weight"])
    target["heads.bias"] = torch.zeros_like(target["heads.bias"])
    net.encoder.load_state_dict(target)
    for frozen in (net.encoder.words, net.encoder.places):
        frozen.weight.requires_grad_(requires_grad=False)
    return net


_PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "joined",
    "attention.output.LayerNorm": "norm_attention",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_output",
}
_EMBEDDINGS = {
    "embeddings.word_embeddings.weight": "words.weight",
    "embeddings.position_embeddings.weight": "places.weight",
    "embeddings.LayerNorm.weight": "norm.weight",
    "embeddings.LayerNorm.bias": "norm.bias",
}


def _own_name(name: str) -> str | None:
    if name.startswith("encoder.layer."):
        number, _, rest = name.removeprefix("encoder.layer.").partition(".")
        part, _, leaf = rest.rpartition(".")
        return f"layers.{number}.{_PARTS[part]}.{leaf}"
    return _EMBEDDINGS.get(name)
