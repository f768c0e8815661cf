"""The ONNX models, each loaded once in a process and run on one thread.

They come from the npm package faceplugin-face-recognition-js 0.0.1 (MIT), fetched by hash.
"""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from django.conf import settings

# Name and version travel with each vector: vectors of different models are never compared.
EMBEDDING_MODEL = "faceplugin-0.0.1/fr_feature"
cv2.setNumThreads(1)


@cache
def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread a worker process: more of them only get in each other's way.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = Path(settings.MODELS_DIR) / "faces" / f"fr_{name}.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(name: str, values: np.ndarray) -> list[np.ndarray]:
    """The outputs of model `fr_<name>` for one float32 input of the model's own shape."""
    session = _session(name)
    return session.run(None, {session.get_inputs()[0].name: values.astype(np.float32)})
