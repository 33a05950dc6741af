"""Write the weights that ship: `python -m training.export CHECKPOINT OUT_DIR`.

OUT_DIR gets encoder-float.onnx (for comparison), encoder.onnx (int8), pair_head.npz and syntax_head.npz.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import Shape, TaggerNet

_EXAMPLE_LENGTH = 24


def export(checkpoint: Path, out: Path) -> None:
    """Export the encoder, quantise its matrices per channel, and save the heads that numpy repeats."""
    net = TaggerNet(Shape())
    net.load_state_dict(torch.load(checkpoint, weights_only=True))
    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    plain = out / "encoder-float.onnx"
    example = (torch.ones(1, _EXAMPLE_LENGTH, dtype=torch.long), torch.zeros(1, _EXAMPLE_LENGTH, dtype=torch.long))
    torch.onnx.export(
        net.encoder,
        example,
        str(plain),
        input_names=["ids", "types"],
        output_names=["scores"],
        dynamic_axes={"ids": {1: "pieces"}, "types": {1: "pieces"}, "scores": {1: "pieces"}},
        dynamo=False,
    )
    quantize_dynamic(
        plain,
        out / "encoder.onnx",
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    pairing = net.pairing
    np.savez(
        out / "pair_head.npz",
        distance=pairing.distance.weight.detach().numpy(),
        out=np.ascontiguousarray(pairing.out.weight.detach().numpy().T),
        bias=pairing.out.bias.detach().numpy(),
    )
    labelling = net.labelling.out
    np.savez(
        out / "syntax_head.npz",
        out=np.ascontiguousarray(labelling.weight.detach().numpy().T),
        bias=labelling.bias.detach().numpy(),
    )


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description="Export a checkpoint for shipping.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    export(asked.checkpoint, asked.out)


if __name__ == "__main__":
    main()
