"""Pictures of faces for the tests: portraits that are always there, photos that may not be."""

import os
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from django.conf import settings

from devstack.demo.specimens.portraits import Portraits
from verification.faces.engine import Embedding, embed, find_faces
from verification.images import decode

PORTRAITS = Path(settings.MODELS_DIR) / "portraits"
PHOTOS = Path(os.environ.get("FACES_DIR") or Path(settings.BASE_DIR).parent / "shared" / "faces")
WOMAN, MAN = "034f", "037m"

needs_photos = [
    pytest.mark.faces,
    pytest.mark.skipif(
        not (PHOTOS / "p1_a.jpg").exists(),
        reason="no face photos: FACES_DIR names no folder with them, nor is ../shared/faces there",
    ),
]


@cache
def people() -> Portraits:
    return Portraits(PORTRAITS)


def portrait(name: str) -> np.ndarray:
    return decode((PORTRAITS / f"{name}.jpg").read_bytes())


def photo(name: str) -> np.ndarray:
    return decode((PHOTOS / f"{name}.jpg").read_bytes())


def selfie(name: str = WOMAN, *, seed: int = 1) -> np.ndarray:
    """720 x 960, sharp, lit, straight ahead."""
    return decode(people().selfie(name, seed=seed))


def embedding_of(picture: np.ndarray) -> Embedding:
    return embed(picture, find_faces(picture)[0])


def blurred(picture: np.ndarray, *, share: float) -> np.ndarray:
    """Out of focus by this share of the face's height."""
    return cv2.GaussianBlur(picture, (0, 0), share * find_faces(picture)[0].height)


def turned(picture: np.ndarray, quarters: int) -> np.ndarray:
    return np.ascontiguousarray(np.rot90(picture, quarters))
