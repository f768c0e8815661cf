"""The face of a printed portrait: old cards print it in dots, small, or have worn it faint.

Dots hide a face from the detector. A low-pass about as wide as the dots are apart gives it back;
how far that is differs from card to card, so several are tried. Where the face lies the try tells
in which the network makes out most of one (`Embedding.strength`). Where no face was seen at first,
whom it is like is asked of all tries that make out nearly as much, and the likest counts.
docs/verification.md has the figures, and what did not help. Never for selfies: who takes one can
take a better one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from verification.faces.detection import Face, find_faces
from verification.faces.engine import Embedding, embed, similarity
from verification.images.arrays import Picture

WEAK = 2.8  # strength below which the portrait is cleaned; sharp ones lie above it
FAINTEST = 1.9  # of a cleaned picture, where a face may be seen that is none
CLEARER = 0.9  # of the strongest try: one that makes out less of a face is not asked
SOFTENED = (0.7, 1.0, 1.5, 2.2, 3.0)  # pixels: dots are about 2.2 times as far apart
SMALLEST_WIDTH = 240  # pixels; a smaller portrait is enlarged once it is clean


@dataclass(frozen=True)
class PortraitFace:
    """The largest of `count` faces, in pixels of the portrait, and its embedding; with those of
    the `other` tries, where only cleaning showed one.
    """

    face: Face
    embedding: Embedding
    count: int
    other: tuple[Embedding, ...] = ()

    def likeness(self, person: Embedding) -> float:
        """The cosine of the try that is likest."""
        return max(similarity(one, person) for one in (self.embedding, *self.other))


def find_portrait_face(picture: Picture) -> PortraitFace | None:
    """The face of an H x W x 3 uint8 RGB portrait off a card, or None.

    As anywhere else at first; where that finds none, or hardly one, in cleaned pictures, too.
    """
    first = _seen(picture)
    if first is not None and first.embedding.strength >= WEAK:
        return first
    seen = [one for one in _cleaned(picture) if one.embedding.strength >= FAINTEST]
    if first is not None:
        return max([first, *seen], key=_strength)
    return _joined(sorted(seen, key=_strength, reverse=True)) if seen else None


def _joined(tries: list[PortraitFace]) -> PortraitFace:
    """The strongest with those nearly as strong: which of them is likest, strength does not say."""
    clear = CLEARER * _strength(tries[0])
    other = tuple(one.embedding for one in tries[1:] if _strength(one) >= clear)
    return replace(tries[0], other=other)


def _strength(one: PortraitFace) -> float:
    return one.embedding.strength


def _seen(picture: Picture) -> PortraitFace | None:
    faces = find_faces(picture)
    return PortraitFace(faces[0], embed(picture, faces[0]), len(faces)) if faces else None


def _cleaned(picture: Picture) -> Iterator[PortraitFace]:
    scale = max(1.0, SMALLEST_WIDTH / picture.shape[1])
    for softness in SOFTENED:
        soft = cv2.GaussianBlur(picture, (0, 0), softness)
        larger = cv2.resize(soft, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        seen = _seen(np.asarray(larger, np.uint8))
        if seen is not None:
            yield replace(seen, face=_smaller(seen.face, scale))


def _smaller(face: Face, scale: float) -> Face:
    left, top, right, bottom = face.box
    box = (left / scale, top / scale, right / scale, bottom / scale)
    return Face(box, face.score, face.landmarks / scale)
