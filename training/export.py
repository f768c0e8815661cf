"""Write the trained network as ONNX, its weights at half precision: half the size, same reading.

    python -m training.export IN.pt OUT.onnx

The network takes N x 1 x 32 x W (normalised as training.network says) and gives probabilities
N x W/2 x CLASSES. Its data card, data_card.json, is written beside it and names its SHA-256.
"""

import argparse
import hashlib
import json
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


def data_card(content: bytes, state: dict, *, device: str, note: str) -> dict[str, object]:
    """What the weights are, how they came about and how they read lines in unseen typefaces."""
    progress = state["progress"]
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "what": "CTC recogniser of single printed lines in Thai, Latin and digits; "
        "training/network.py",
        "input": f"N x 1 x {CROP_ROWS} x W float32, less the line's mean, over its deviation + 6",
        "output": "N x W/2 x classes, probabilities; class 0 is the blank, n the n-th letter of "
        "alphabet.txt",
        "weights": sum(values.numel() for values in state["average"].values()),
        "trained": {
            "on": device,
            "note": note,
            "minutes": round(progress["seconds"] / 60, 1),
            "steps": progress["steps"],
            "lines_drawn": progress["drawn"],
            "lines_seen": progress["seen"],
            "unseen_typefaces": progress["history"][-1] if progress["history"] else {},
        },
        "data": "Drawn lines only (training/lines.py): names and words of PyThaiNLP (CC0, the "
        "names CC BY-SA 4.0), places of geothai (MIT), invented romanisations and numbers, "
        "typefaces of Fontsource (OFL, Apache 2.0) and TLWG (GPL with font exception). "
        "No picture of a real card and no person's data.",
        "limits": "Reads one line that stands level within about two degrees. Not tried on "
        "handwriting or letters outside alphabet.txt.",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--trained-on", default="CPU cores", help="for the data card")
    parser.add_argument("--note", default="", help="what else the data card should say")
    options = parser.parse_args()
    state = torch.load(options.weights, map_location="cpu", weights_only=True)
    network = Recogniser()
    network.load_state_dict(state["average"])
    exported(network, options.out)
    card = data_card(options.out.read_bytes(), state, device=options.trained_on, note=options.note)
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    options.out.with_name("data_card.json").write_text(text, "utf-8")
    print(f"{options.out}: {card['bytes']} bytes, SHA-256 {card['sha256']}")


if __name__ == "__main__":
    main()
