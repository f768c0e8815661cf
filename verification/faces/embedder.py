"""The network that turns a face into a vector: which one it is stands in the settings."""

from dataclasses import dataclass

import numpy as np
from django.conf import settings

from verification.faces import models
from verification.faces.alignment import aligned_face
from verification.images.arrays import Floats, Picture


@dataclass(frozen=True)
class Embedder:
    """A network of the ArcFace family: an aligned 112 x 112 face in, 512 numbers out.

    `name` holds model and version and travels with each vector; `file` lies below MODELS_DIR; a
    pixel goes in as (value - middle) / scale, in the order blue, green, red where `bgr` says so.
    """

    name: str
    file: str
    bgr: bool
    middle: float
    scale: float

    def feature(self, picture: Picture, points: Floats) -> Floats:
        """512 float32, not brought to length 1, of a face at 5 x 2 points of an RGB picture."""
        aligned = aligned_face(picture, points)
        ordered = aligned[:, :, ::-1] if self.bgr else aligned
        values = (ordered.astype(np.float32) - self.middle) / self.scale
        vector: Floats = models.network(self.file).output(values.transpose(2, 0, 1)[None])[0]
        return vector


def embedder() -> Embedder:
    """The one that the settings name."""
    return Embedder(**settings.FACE_EMBEDDER)
