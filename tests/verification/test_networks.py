"""The network of faces, which OpenCV runs, against what ONNX Runtime makes of the same file."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from onnxruntime import InferenceSession

from tests.verification.faces_pictures import MAN, WOMAN, portrait
from verification.faces.alignment import aligned_face
from verification.faces.engine import find_faces
from verification.faces.models import network

FILE = "faces/fr_feature.onnx"
NAMES = [WOMAN, MAN, "000f", "001f", "002f", "003f"]


def aligned(name: str) -> np.ndarray:
    picture = portrait(name)
    face = aligned_face(picture, find_faces(picture)[0].points)
    return ((face.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None]


@pytest.fixture(scope="module")
def by_the_other() -> list[np.ndarray]:
    session = InferenceSession(
        str(Path(settings.MODELS_DIR) / FILE), providers=["CPUExecutionProvider"]
    )
    (entry,) = session.get_inputs()
    return [session.run(None, {entry.name: aligned(name)})[0][0] for name in NAMES]


def test_both_make_the_same_of_a_face(by_the_other):
    ours = [network(FILE).output(aligned(name))[0] for name in NAMES]
    assert [len(one) for one in ours] == [512] * len(NAMES)
    assert np.abs(np.array(ours) - by_the_other).max() < 1e-5 * np.abs(by_the_other).max()


def test_threads_that_ask_at_once_get_each_its_own_face(by_the_other):
    faces = [aligned(name) for name in NAMES]
    with ThreadPoolExecutor(len(faces)) as threads:
        ours = list(threads.map(network(FILE).output, faces * 4))
    assert np.allclose(np.array(ours)[:, 0], by_the_other * 4, atol=1e-4)
