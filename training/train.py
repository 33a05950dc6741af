"""Train the tagger: `python -m training.train CORPUS_DIR BASE_DIR OUT_DIR`.

CORPUS_DIR holds train.jsonl, BASE_DIR the base encoder's model.safetensors; OUT_DIR gets a checkpoint an epoch. With
`--silver`, a file of `training.label_syntax`, the grammar is learned along with the attributions.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from bot.analysis.tagger.features import Frame
from bot.analysis.tagger.labels import Bio
from bot.analysis.tagger.pair_head import distance_buckets
from bot.analysis.tagger.vocabulary import load_wordpiece
from training.data import Example, Slice, add_grammar, find_batches, label_record, read_records
from training.model import TaggerNet, start_from
from training.syntax_labels import read_silver
from training.syntax_model import SyntaxBatch, build_syntax, find_syntax_loss

_ENCODER_RATE, _HEAD_RATE, _WARM_UP, _DECAY, _CLIP = 2e-4, 1e-3, 0.06, 0.01, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows as tensors; the first and last column frame them. `bio` is -100 on frames and padding."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    bio: Tensor
    owners: Tensor
    cues: Tensor
    buckets: Tensor
    parts: Tensor
    syntax: SyntaxBatch


def build_batch(slices: Sequence[Slice], frame: Frame) -> Batch:
    """Pad the windows to one length and collect the cues that stand whole inside theirs."""
    length = max(len(s.window) for s in slices) + 2
    ids, types = (np.zeros((len(slices), length), dtype=np.int64) for _ in range(2))
    bio = np.full((len(slices), length), -100, dtype=np.int64)
    owners, cues, buckets, parts = [], [], [], []
    for row, piece in enumerate(slices):
        first, last = piece.window.start, piece.window.stop
        end = last - first + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = frame.opening, piece.example.pieces.ids[first:last], frame.closing
        types[row, 1:end] = piece.example.pieces.types[first:last]
        bio[row, 1:end] = piece.example.bio[first:last]
        for cue, part in zip(piece.example.cues, piece.example.parts, strict=True):
            if cue[0] < first or cue[-1] >= last:
                continue
            at = cue - first + 1
            weights = np.zeros(length, dtype=np.float32)
            weights[at] = 1 / len(at)
            mine = np.full(length, -100, dtype=np.int64)
            mine[1:end] = part[first:last]
            owners.append(row)
            cues.append(weights)
            buckets.append(distance_buckets(np.arange(length), int(at[0]), int(at[-1]) + 1))
            parts.append(mine)
    return Batch(
        ids=torch.from_numpy(ids),
        types=torch.from_numpy(types),
        mask=torch.from_numpy(ids != 0)[:, None, None, :],
        bio=torch.from_numpy(bio),
        owners=torch.tensor(owners, dtype=torch.long),
        cues=torch.from_numpy(np.array(cues, dtype=np.float32).reshape(-1, length)),
        buckets=torch.from_numpy(np.array(buckets, dtype=np.int64).reshape(-1, length)),
        parts=torch.from_numpy(np.array(parts, dtype=np.int64).reshape(-1, length)),
        syntax=build_syntax(slices),
    )


def find_loss(net: TaggerNet, batch: Batch) -> Tensor:
    """Cross entropy of the BIO labels plus that of the parts of every cue plus the weighted loss of the grammar."""
    scores = net.encoder(batch.ids, batch.types, batch.mask).float()
    loss = functional.cross_entropy(scores[..., : Bio.COUNT].flatten(0, 1), batch.bio.flatten())
    if len(batch.owners):
        parts = net.pairing(scores, batch.owners, batch.cues, batch.buckets)
        loss = loss + functional.cross_entropy(parts.flatten(0, 1), batch.parts.flatten())
    with torch.autocast("cpu", enabled=False):
        return loss + find_syntax_loss(net.labelling, scores, batch.syntax)


def train(net: TaggerNet, examples: Sequence[Example], frame: Frame, out: Path, *, asked: argparse.Namespace) -> None:
    """Run the epochs and leave OUT/epoch-N.pt after each."""
    chance = random.Random(asked.seed)  # noqa: S311 - shuffling, nothing secret
    epochs = [find_batches(examples, chance, most=asked.batch) for _ in range(asked.epochs)]
    total = sum(map(len, epochs))
    parts = (net.encoder.heads, net.encoder.syntax, net.pairing, net.labelling)
    heads = [p for part in parts for p in part.parameters()]
    known = {id(p) for p in heads}
    encoder = [p for p in net.encoder.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": encoder, "lr": asked.rate * _ENCODER_RATE}, {"params": heads, "lr": asked.rate * _HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / total))
    began, step, running = time.monotonic(), 0, 0.0
    for number, batches in enumerate(epochs, start=1):
        for batch in _built(batches, frame):
            with torch.autocast("cpu", torch.bfloat16, enabled=asked.bfloat16):
                loss = find_loss(net, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, _CLIP)
            optimizer.step()
            schedule.step()
            step += 1
            running += (loss.item() - running) * max(0.02, 1 / step)
            if step % 20 == 0:
                print(f"{step}/{total} loss {running:.4f} {time.monotonic() - began:.0f} s", flush=True)
        torch.save(net.state_dict(), out / f"epoch-{number}.pt")


def _built(batches: Sequence[Sequence[Slice]], frame: Frame) -> Iterator[Batch]:
    return (build_batch(slices, frame) for slices in batches)


def _rate(done: float) -> float:
    return done / _WARM_UP if done < _WARM_UP else max(0.0, (1 - done) / (1 - _WARM_UP))


def main() -> None:
    """Read the corpus, train, save."""
    parser = argparse.ArgumentParser(description="Train the attribution tagger.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=1600, help="pieces in a batch, padding counted")
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--silver", type=Path, help="another parser's labels of the same articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="go on from this checkpoint; heads it lacks begin fresh")
    parser.add_argument("--rate", type=float, default=1.0)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="compute in bfloat16 where that is safe")
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    asked.out.mkdir(parents=True, exist_ok=True)
    wordpiece = load_wordpiece()
    records = list(read_records(asked.corpus / "train.jsonl"))[: asked.articles]
    examples = [label_record(record, wordpiece) for record in records]
    if asked.silver:
        silver = read_silver(asked.silver)
        examples = [add_grammar(e, r, silver[r.identifier]) for e, r in zip(examples, records, strict=True)]
    print(f"{len(examples)} articles, {sum(len(e.pieces) for e in examples)} pieces", flush=True)
    net = start_from(asked.base, seed=asked.seed, dropout=asked.dropout)
    if asked.start:
        net.load_state_dict(torch.load(asked.start, weights_only=True), strict=False)
    train(net, examples, Frame.of(wordpiece), asked.out, asked=asked)


if __name__ == "__main__":
    main()
