"""The ONNX models, each loaded once in a process and run on one thread.

They come from the npm package faceplugin-face-recognition-js 0.0.1 (MIT), fetched by hash; another
model of the ArcFace family can make the embeddings by the setting FACE_EMBEDDER.
"""

from functools import cache
from pathlib import Path
from threading import Lock

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


class Network:
    """A model below MODELS_DIR run by OpenCV, to 1e-5 with what ONNX Runtime makes of it.

    ONNX Runtime lays channels side by side in blocks, and all of them back for each PReLU: the
    networks of the ArcFace family, which are full of them, take ten times as long there. The others
    take up to twice as long here.
    """

    def __init__(self, file: str) -> None:
        self._net = cv2.dnn.readNetFromONNX(str(Path(settings.MODELS_DIR) / file))
        if len(self._net.getUnconnectedOutLayersNames()) != 1:
            raise ValueError(f"{file} has not one output")
        self._one_at_a_time = Lock()  # input and output lie in the network itself

    def output(self, values: Raster) -> Floats:
        """The only output for one float32 input of the model's own shape."""
        with self._one_at_a_time:
            self._net.setInput(values.astype(np.float32))
            return np.array(self._net.forward(), np.float32)


network = cache(Network)


def run(name: str, values: Raster) -> list[Floats]:
    """The outputs of model `fr_<name>` for one float32 input of the model's own shape."""
    session = _session(f"faces/fr_{name}.onnx")
    outputs: list[Floats] = session.run(
        None, {session.get_inputs()[0].name: values.astype(np.float32)}
    )
    return outputs
