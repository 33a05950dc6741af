import numpy as np
import pytest

from bot.analysis.tagger.labels import softmax
from bot.analysis.tagger.pair_head import BUCKETS, HIDDEN, WIDTH, PairHead, distance_buckets


def _head() -> PairHead:
    chance = np.random.default_rng(5)
    distance = chance.normal(size=(BUCKETS, HIDDEN)).astype(np.float32)
    out = chance.normal(size=(HIDDEN, 3)).astype(np.float32)
    return PairHead(distance=distance, out=out, bias=np.zeros(3, dtype=np.float32))


def test_distance_buckets_are_signed_exact_near_the_cue_and_bounded_far_off() -> None:
    buckets = distance_buckets(np.arange(600), 300, 302)
    assert buckets[300] == buckets[301] == BUCKETS // 2
    assert buckets[299] < BUCKETS // 2 < buckets[302]
    assert buckets[299] > buckets[297] > buckets[280]
    assert buckets.min() == 1
    assert buckets.max() == BUCKETS - 1
    assert np.all(np.diff(buckets) >= 0)


def test_the_parts_of_every_piece_are_probabilities() -> None:
    scores = np.random.default_rng(1).normal(size=(12, WIDTH)).astype(np.float32)
    parts = _head().parts(scores, 3, 5)
    assert parts.shape == (12, 3)
    assert parts.sum(axis=1) == pytest.approx(np.ones(12), abs=1e-5)


def test_another_cue_gives_the_pieces_other_parts() -> None:
    scores = np.random.default_rng(1).normal(size=(12, WIDTH)).astype(np.float32)
    assert not np.allclose(_head().parts(scores, 3, 5), _head().parts(scores, 8, 9))


def test_softmax_bears_large_numbers() -> None:
    assert softmax(np.array([1000.0, 0.0], dtype=np.float32)).tolist() == [1.0, 0.0]


def test_the_pair_head_equals_the_one_that_is_trained() -> None:
    torch = pytest.importorskip("torch", reason="torch comes with the extra 'train'")
    pytest.importorskip("safetensors", reason="safetensors comes with the extra 'train'")
    from training.model import Pairing  # noqa: PLC0415 - only where torch is

    pairing = Pairing()
    head = PairHead(
        distance=pairing.distance.weight.detach().numpy(),
        out=pairing.out.weight.detach().numpy().T,
        bias=pairing.out.bias.detach().numpy(),
    )
    scores = np.random.default_rng(2).normal(size=(9, WIDTH)).astype(np.float32)
    cues = torch.zeros(1, 9)
    cues[0, 2:4] = 0.5
    buckets = torch.from_numpy(distance_buckets(np.arange(9), 2, 4))[None]
    logits = pairing(torch.from_numpy(scores)[None], torch.tensor([0]), cues, buckets)
    assert head.parts(scores, 2, 4) == pytest.approx(logits.softmax(-1)[0].detach().numpy(), abs=1e-4)
