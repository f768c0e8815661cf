"""Make the face guide's models lighter to send: what a slow line carries, a citizen waits for.

A model of TensorFlow.js is a JSON file that lists its weights, and a file of the weights one after
the other. They become numbers of two bytes that TensorFlow.js widens again when it reads them
(`quantization`, dtype `float16`), and keep five bits of the fraction, an error of 1.6 % at most:
Brotli finds the rest of it empty. Detector 269 to 164 kB on the wire, mesh 1,279 to 834 kB. The
guide finds the same faces: see docs/decisions/0021-what-a-page-costs.md.
"""

import json
import math
import struct
from array import array

FRACTION, KEPT = 10, 5  # bits of a half-precision number's fraction
DROPPED = FRACTION - KEPT
HALF = {"dtype": "float16", "original_dtype": "float32"}


def lighter(model: bytes, weights: bytes) -> tuple[bytes, bytes]:
    """The JSON file and the weights anew. A second time changes nothing."""
    described, parts, place = json.loads(model), [], 0
    listed = [one for group in described["weightsManifest"] for one in group["weights"]]
    for weight in listed:
        count = math.prod(weight["shape"])
        format_ = format_of(weight)
        part = weights[place : place + struct.calcsize(f"<{count}{format_}")]
        place += len(part)
        if weight["dtype"] == "float32":
            weight["quantization"] = HALF
            part = rounded(struct.unpack(f"<{count}{format_}", part))
        parts.append(part)
    if place != len(weights):
        raise ValueError(f"the weights are {len(weights)} bytes, and {place} are described")
    return json.dumps(described, separators=(",", ":")).encode(), b"".join(parts)


def format_of(weight: dict) -> str:
    """How `struct` calls it; whatever else there may be is refused."""
    known = {("float32", None): "f", ("float32", "float16"): "e", ("int32", None): "i"}
    return known[weight["dtype"], weight.get("quantization", {}).get("dtype")]


def rounded(values: tuple[float, ...]) -> bytes:
    halves = array("H", struct.pack(f"={len(values)}e", *values))
    step = 1 << DROPPED
    near = array("H", ((half + step // 2) // step * step for half in halves))
    return struct.pack(f"<{len(near)}H", *near)
