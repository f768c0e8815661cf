"""Who a face is, and whether it is there in person. The one door for those who judge pictures."""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.faces import models
from verification.faces.detection import Face, find_faces
from verification.faces.embedder import embedder
from verification.images.arrays import Floats, Picture
from verification.screens import screen_score

__all__ = ["Embedding", "Face", "embed", "find_faces", "liveness", "similarity"]

LIVENESS_SIDE = 128
LIVENESS_CROP = 2.7  # what is looked at, in widths and heights of the face's box


@dataclass(frozen=True)
class Embedding:
    """A face as 512 float32 of length 1, with the model it comes from.

    `strength` is the length before that: how much of a face the model makes out, above 2.4 upright,
    below 1.9 where it lies sideways (Meng et al., MagFace, 2021).
    """

    vector: Floats
    model: str
    strength: float = 0.0


def embed(picture: Picture, face: Face) -> Embedding:
    """The embedding of a face found in this H x W x 3 uint8 RGB picture."""
    model = embedder()
    vector = model.feature(picture, face.points)
    strength = float(np.linalg.norm(vector))
    return Embedding((vector / strength).astype(np.float32), model.name, strength)


def similarity(one: Embedding, other: Embedding) -> float:
    """Cosine, -1 to 1. Raises ValueError for embeddings of different models."""
    if one.model != other.model:
        raise ValueError("embeddings of different models cannot be compared")
    return float(one.vector @ other.vector)


def liveness(picture: Picture, face: Face) -> float:
    """How much an upright face looks like a living person's, not a print's or a screen's, 0 to 1.

    The model's score, or less where the picture has a screen's grid, which the model does not see.
    The crop keeps the proportions of the face's box, as those that the model was taught on did.
    """
    left, top, right, bottom = face.box
    tall, wide = picture.shape[:2]
    scale = min(LIVENESS_CROP, (tall - 1) / (bottom - top), (wide - 1) / (right - left))
    width, height = scale * (right - left), scale * (bottom - top)
    x = min(max(0.0, (left + right - width) / 2), wide - width)
    y = min(max(0.0, (top + bottom - height) / 2), tall - height)
    crop = picture[int(y) : int(y + height), int(x) : int(x + width)]
    small = cv2.resize(crop, (LIVENESS_SIDE, LIVENESS_SIDE))[:, :, ::-1]
    (scores,) = models.run("liveness", small.transpose(2, 0, 1)[None])
    odds = np.exp(scores[0] - scores[0].max())
    middle = ((left + right) / 2, (top + bottom) / 2)
    return min(float(odds[0] / odds.sum()), 1 - screen_score(picture, middle))
