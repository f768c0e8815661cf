"""The guide's models made lighter: what they weigh stays what it was, as nearly as was promised."""

import json
import struct

import numpy as np
import pytest

from scripts.lighter_models import lighter

RANDOM = np.random.default_rng(4)
FLOATS = RANDOM.normal(0, 2, 600).astype(np.float32)
HALVES = RANDOM.normal(0, 2, 40).astype(np.float16)
PLACES = (3, -1, 65_536)


def listed(name: str, shape: list[int], dtype: str = "float32", **more) -> dict:
    return {"name": name, "shape": shape, "dtype": dtype, **more}


WEIGHTS = [
    listed("wide", [20, 30]),
    listed("shape", [3], "int32"),
    listed("half", [40], quantization={"dtype": "float16", "original_dtype": "float32"}),
    listed("one", []),
]
MODEL = json.dumps({"format": "graph-model", "weightsManifest": [{"weights": WEIGHTS}]}).encode()
BYTES = FLOATS.tobytes() + struct.pack("<3i", *PLACES) + HALVES.tobytes() + struct.pack("<f", 1.5)


def test_weights_are_of_two_bytes_and_as_near_as_their_fraction_allows():
    model, weights = lighter(MODEL, BYTES)
    wide = np.frombuffer(weights, "<f2", 600)
    assert (np.abs(wide - FLOATS) / np.abs(FLOATS)).max() <= 1 / 63
    assert np.abs(wide - FLOATS).max() > 0
    half = np.frombuffer(weights, "<f2", 40, offset=1212)
    assert (np.abs(half - HALVES.astype(np.float32)) / np.abs(HALVES)).max() <= 1 / 63
    assert struct.unpack_from("<e", weights, 1292) == (1.5,)
    said = [
        one.get("quantization", {}) for one in json.loads(model)["weightsManifest"][0]["weights"]
    ]
    assert [one.get("dtype") for one in said] == ["float16", None, "float16", "float16"]
    assert json.loads(model)["format"] == "graph-model"


def test_whole_numbers_stay_as_they_are():
    _model, weights = lighter(MODEL, BYTES)
    assert struct.unpack_from("<3i", weights, 1200) == PLACES


def test_a_second_time_changes_nothing():
    once = lighter(MODEL, BYTES)
    assert lighter(*once) == once


@pytest.mark.parametrize(
    ("model", "weights", "fault"),
    [
        (MODEL, BYTES + b"\0", ValueError),
        (MODEL, BYTES[:-1], struct.error),
        (MODEL.replace(b'"int32"', b'"uint8"'), BYTES, KeyError),
    ],
)
def test_what_is_not_as_described_is_refused(model, weights, fault):
    with pytest.raises(fault):
        lighter(model, weights)
