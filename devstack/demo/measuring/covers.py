"""How often drawn covers are told, and how often open faces are taken for covered, by person."""

import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from devstack.demo.specimens import covered, worn
from verification.faces.calibration import Share
from verification.faces.covering import openness
from verification.faces.detection import Face, find_faces
from verification.faces.pose import pose_of
from verification.faces.quality import GOOD_ENOUGH
from verification.images import decode

AHEAD, LEVEL = 0.32, 32  # how far `quality` lets a selfie's head turn, in eye distances, and tilt
FACE_HEIGHT = 200  # pixels are enough, and drawing is slow
AROUND = np.array([-0.7, -0.6, 0.7, 0.9])  # what is kept around a face, in its heights
MOST = 2  # pictures a person on which covers are drawn
COVERS = (
    *(("surgical", colour) for colour in covered.COLOURS),
    *(("n95", colour) for colour in ("white", "black")),
    *(("cloth", colour) for colour in ("white", "navy", "pink")),
    *(("scarf", colour) for colour in ("beige", "grey", "black")),
    ("hand", "white"),
    *(("below nose", colour) for colour in ("white", "blue", "black")),
)
Seen = dict[str, list[tuple[str, bool]]]


def look(people: dict[str, list[Path]]) -> dict[str, Seen]:
    """{chosen or held out: {what is shown: [(person, whether a cover was told)]}}.

    Which half of the people the bounds were chosen on hangs on nothing but the name.
    """
    seen: dict[str, Seen] = {"chosen on": defaultdict(list), "held out": defaultdict(list)}
    for name in sorted(people):
        half, drawn = seen[("chosen on", "held out")[zlib.crc32(name.encode()) % 2]], 0
        for path in people[name]:
            for picture, face in _ahead(decode(path.read_bytes())):
                drawn += 1
                for what, shown in _shown(picture, face, path.name, draw=drawn <= MOST):
                    found = find_faces(shown)
                    if found:
                        told = min(openness(shown, found[0])) < GOOD_ENOUGH
                        half[what].append((name, told))
    return seen


def shares(told: list[tuple[str, bool]]) -> tuple[Share, Share]:
    """Of the pictures, and of the people of whom any picture was told."""
    people = {name for name, _hit in told}
    any_told = {name for name, hit in told if hit}
    return Share(sum(hit for _name, hit in told), len(told)), Share(len(any_told), len(people))


def _ahead(picture: np.ndarray) -> Iterator[tuple[np.ndarray, Face]]:
    """The largest face and what is around it, in colour, if it looks ahead."""
    for face in find_faces(picture)[:1]:
        left, top, *_end = face.box
        edges = np.array(face.box) + AROUND * face.height
        left, top, right, bottom = np.maximum(0, edges).astype(int)
        cut = picture[top:bottom, left:right]
        scale = min(1.0, FACE_HEIGHT / face.height)
        cut = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for found in find_faces(cut)[:1]:
            pose = pose_of(found)
            coloured = np.ptp(cut.astype(int), axis=2).mean() > 3  # noqa: PLR2004 - grey levels
            if abs(pose.turn) < AHEAD and abs(pose.tilt) < LEVEL and coloured:
                yield cut, found


def _shown(
    picture: np.ndarray, face: Face, name: str, *, draw: bool
) -> Iterator[tuple[str, np.ndarray]]:
    yield "open face", picture
    if not draw:
        return
    seed = zlib.crc32(name.encode())
    for number, (kind, colour) in enumerate(COVERS):
        shown = covered.covered(picture, face, kind, colour=colour, seed=seed + number)
        yield f"{kind}, {colour}", shown
    yield "dark glasses", worn.dark_glasses(picture, face, seed=seed)
    for number, kind in enumerate(worn.KINDS):
        yield f"open: {kind}", worn.worn(picture, face, kind, seed=seed + number)
