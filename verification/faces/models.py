"""The ONNX models, each loaded once in a process and run on one thread.

They come from the npm package faceplugin-face-recognition-js 0.0.1 (MIT), fetched by hash; another
model of the ArcFace family can make the embeddings by the setting FACE_EMBEDDER.
"""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from django.conf import settings
from onnxruntime import InferenceSession, SessionOptions

from verification.images.arrays import Floats, Raster

cv2.setNumThreads(1)


@cache
def _session(file: str) -> InferenceSession:
    options = SessionOptions()
    # One thread a worker process: more of them only get in each other's way.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = Path(settings.MODELS_DIR) / file
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(name: str, values: Raster) -> list[Floats]:
    """The outputs of model `fr_<name>` for one float32 input of the model's own shape."""
    return run_file(f"faces/fr_{name}.onnx", values)


def run_file(file: str, values: Raster) -> list[Floats]:
    """The same for any model below MODELS_DIR."""
    session = _session(file)
    outputs: list[Floats] = session.run(
        None, {session.get_inputs()[0].name: values.astype(np.float32)}
    )
    return outputs
