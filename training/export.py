"""Write the trained network as ONNX, its weights at half precision: half the size, same reading.

    python -m training.export IN.pt OUT.onnx

The network takes N x 1 x 32 x W (normalised as training.network says) and gives probabilities
N x W/2 x CLASSES. Its SHA-256 is printed: it belongs into the recogniser's data card.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.lines import CROP_ROWS
from training.network import Recogniser

OPSET = 17
SMALL = 64  # numbers; fewer are not worth halving


class Reading(nn.Module):
    """The network with probabilities at its end."""

    def __init__(self, network: Recogniser) -> None:
        super().__init__()
        self.network = network

    def forward(self, lines: Tensor) -> Tensor:
        return self.network(lines).softmax(2)


def exported(network: Recogniser, path: Path) -> None:
    example = torch.zeros(1, 1, CROP_ROWS, 256)
    torch.onnx.export(
        Reading(network).eval(), (example,), str(path), opset_version=OPSET, dynamo=False,
        input_names=["lines"], output_names=["letters"],
        dynamic_axes={"lines": {0: "count", 3: "width"}, "letters": {0: "count", 1: "steps"}},
    )  # fmt: skip
    onnx.save(halved(onnx.load(path)), path)


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights kept as float16 and cast back once, when the file is loaded."""
    graph, casts = model.graph, []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < SMALL:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for place, cast in enumerate(casts):
        graph.node.insert(place, cast)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    state = torch.load(options.weights, map_location="cpu", weights_only=True)
    network = Recogniser()
    network.load_state_dict(state["average"])
    exported(network, options.out)
    print(hashlib.sha256(options.out.read_bytes()).hexdigest(), options.out.stat().st_size)


if __name__ == "__main__":
    main()
