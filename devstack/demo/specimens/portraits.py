"""Faces for specimens: a portrait for the card, and the same person once more before a phone."""

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens.cutout import before_plain_ground
from devstack.demo.specimens.head import Head, head_in
from devstack.demo.specimens.rendering import Camera, Lamp, Moved, rendered
from verification.faces.detection import Face, find_faces
from verification.faces.pose import pose_of

# Heads turned or hung too far to turn further (005f, 011m, 019f, 023f and more), a hand before the
# face (069m), and pictures so smooth that the liveness model takes them for prints.
UNFIT = frozenset(
    "005f 015f 019f 020f 023f 024f 038f 045f 049f 056f 066f 009m 011m 026m 027m 038m 043m 045m "
    "051m 055m 062m 064m 067m 069m 071m 073m".split()
)
# Hair or ground that GrabCut does not tell apart: these keep the ground they have.
UNCUT = frozenset("003f 029f 043f 058f 068f 004m 010m 011m 031m 040m 042m 049m 066m 070m".split())
SMALLEST = 300  # pixels; smaller portraits make no good selfie
CARD_PORTRAIT = (384, 444)
SELFIE = (720, 960)
FRAME = (480, 640)
CARD_FACE_SHARE = 0.55  # of the portrait's height
FACE_SHARE, FACE_AT = 0.48, 0.50  # of a selfie's height: the face, and how far down its middle is
STEPS = {
    "turn_left": Moved(yaw=1.0),
    "turn_right": Moved(yaw=-1.0),
    "look_up": Moved(pitch=0.27),
    "come_closer": Moved(closer=1.32),
}
YAWS = (0.36, 0.42, 0.48, 0.54, 0.60, 0.66)  # tried until the turn shows
TURN_SHOWS = 0.27  # how far the nose then moves, in distances between the eyes
CLOTHED = 0.95  # so far below the chin, in distances between the eyes, people wear something
FURTHER = 1.15  # times as far as TURN_SHOWS
GRAIN = 1.2  # grey levels of noise
MIMIC = 0.025  # how far mouth and brows move between two pictures, in the same


class Portraits:
    """The portraits in a folder (`NNNf.jpg` of women, `NNNm.jpg` of men), each person once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cache  # noqa: B019 - one object lives as long as its folder is of use
    def names(self, sex: str) -> list[str]:
        """Names of the portraits that make a selfie, without second copies of a picture."""
        found: dict[bytes, str] = {}
        for path in sorted(self.folder.glob(f"*{sex}.jpg")):
            with Image.open(path) as portrait:
                small = portrait.convert("L").resize((8, 8)).tobytes()
                if min(portrait.size) >= SMALLEST and path.stem not in UNFIT:
                    found.setdefault(small, path.stem)
        return list(found.values())

    @cache  # noqa: B019 - as above
    def card_portrait(self, name: str) -> Image.Image:
        """As the card prints it: head and shoulders before a plain light ground."""
        picture, face = _loaded(self.folder / f"{name}.jpg")
        cut = head_and_shoulders(picture, face)
        if name not in UNCUT:
            cut = before_plain_ground(cut, find_faces(cut)[0])
        return Image.fromarray(cut)

    def selfie(self, name: str, *, seed: int, fault: str = "") -> bytes:
        """Another picture of the same person: other light, angle, distance, noise. JPEG, 720 x 960.

        `fault` is empty, `dark selfie` or `two faces`.
        """
        draw = np.random.default_rng(seed)
        picture = Sitting(self._path(name), draw, SELFIE).taken()
        if fault == "two faces":
            other = next(one for one in self.names(name[-1]) if one != name)
            second = Sitting(self._path(other), draw, SELFIE).taken()
            picture = cv2.resize(np.hstack([picture, second]), SELFIE)
        return _jpeg(picture * (0.10 if fault == "dark selfie" else 1.0))

    def selfie_frames(
        self, name: str, steps: Sequence[str], *, seed: int, further: Sequence[str] = ()
    ) -> list[bytes]:
        """Straight ahead, then one frame for each step of a challenge, and one of each that is made
        `further` than the portal asks. JPEG, 480 x 640.

        Another seed has another lamp and holds the camera otherwise: no two films of a person are
        the same.
        """
        path = self._path(name)
        sitting = Sitting(path, np.random.default_rng(seed), FRAME)
        moves = [Moved(), *(_moved(path, step, 1.0) for step in steps)]
        moves += [_moved(path, step, FURTHER) for step in further]
        return [_jpeg(sitting.taken(replace(move, mimic=sitting.mimic()))) for move in moves]

    def burst(self, name: str, step: str, *, seed: int, count: int = 8) -> list[bytes]:
        """One step as a film: `count` frames from straight ahead to the end of the movement.

        With the seed of `selfie_frames` under the same lamp, before the same camera; the grain is
        another for each step.
        """
        sitting = Sitting(self._path(name), np.random.default_rng(seed), FRAME)
        sitting.draw = np.random.default_rng([seed, list(STEPS).index(step)])
        first, last = sitting.mimic(), sitting.mimic()
        shares = np.linspace(0, 1, count)
        moves = [
            replace(_moved(self._path(name), step, share), mimic=first + share * (last - first))
            for share in shares * shares * (3 - 2 * shares)
        ]
        return [_jpeg(sitting.taken(move)) for move in moves]

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.jpg"


class Sitting:
    """One person before one camera under one lamp, as `draw` has them."""

    def __init__(self, path: Path, draw: np.random.Generator, size: tuple[int, int]) -> None:
        self.head, self.draw = _head(path), draw
        left = draw.choice([-1.0, 1.0])
        towards = left * draw.uniform(0.5, 0.7), draw.uniform(-0.55, -0.4), 0.66
        self.lamp = Lamp(towards, share=draw.uniform(0.48, 0.58))
        self.camera = Camera(size, roll=draw.uniform(-4, 4), zoom=draw.uniform(0.96, 1.06))
        self.tint = draw.uniform(0.97, 1.03, 3)
        self.soft = draw.uniform(0.4, 0.7)

    def mimic(self) -> np.ndarray:
        """A face is never held quite still."""
        return self.draw.normal(0, MIMIC, (4, 2)).clip(-2 * MIMIC, 2 * MIMIC)

    def taken(self, moved: Moved | None = None) -> np.ndarray:
        """No two pictures share their grain."""
        picture = rendered(self.head, moved or Moved(), self.lamp, self.camera) * self.tint
        soft = cv2.GaussianBlur(picture, (0, 0), self.soft)
        return soft + self.draw.normal(0, GRAIN, soft.shape)


def head_and_shoulders(picture: np.ndarray, face: Face) -> np.ndarray:
    """What a card's portrait shows of an H x W x 3 uint8 RGB picture: 444 x 384 x 3."""
    return _within(picture, face, CARD_PORTRAIT, face_share=CARD_FACE_SHARE)


def _within(
    picture: np.ndarray, face: Face, size: tuple[int, int], *, face_share: float
) -> np.ndarray:
    """Around the face, which takes `face_share` of the height or more: no edge is drawn out."""
    height, width = picture.shape[:2]
    tall = min(face.height / face_share, height, width * size[1] / size[0])
    wide = tall * size[0] / size[1]
    x, y = (face.landmarks.min(axis=0) + face.landmarks.max(axis=0)) / 2
    left = np.clip(x - 0.5 * wide, 0, width - wide)
    top = np.clip(y - 0.52 * tall, 0, height - tall)
    move = np.array([[1, 0, -left], [0, 1, -top]]) * size[1] / tall
    return cv2.warpAffine(
        picture, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


@lru_cache(maxsize=64)
def _loaded(path: Path) -> tuple[np.ndarray, Face]:
    picture = np.asarray(Image.open(path).convert("RGB"))
    return picture, find_faces(picture)[0]


@lru_cache(maxsize=16)
def _head(path: Path) -> Head:
    """In a picture of a selfie's size, in which the face takes FACE_SHARE of the height."""
    picture, face = _loaded(path)
    scale = FACE_SHARE * SELFIE[1] / face.height
    middle = (face.landmarks.min(axis=0) + face.landmarks.max(axis=0)) / 2
    shift = np.array([0.5 * SELFIE[0], FACE_AT * SELFIE[1]]) - scale * middle
    move = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    # Below the lower edge clothes go on as their mirror image, which hardly shows.
    clothed = len(picture) - face.landmarks[8, 1] > CLOTHED * pose_of(face).eyes
    onwards = cv2.BORDER_REFLECT if clothed else cv2.BORDER_REPLICATE
    lengthened = cv2.copyMakeBorder(picture, 0, len(picture), 0, 0, onwards)
    cut = cv2.warpAffine(
        lengthened, move, SELFIE, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    inside = cv2.warpAffine(np.ones(picture.shape[:2], np.uint8), move, SELFIE) > 0
    return head_in(cut, find_faces(cut)[0], inside, clothed=clothed)


def _moved(path: Path, step: str, share: float) -> Moved:
    """A `share` of the way from straight ahead to the end of the step."""
    end = STEPS[step]
    return Moved(
        yaw=share * end.yaw * (_yaw(path, end.yaw) if end.yaw else 0.0),
        pitch=share * end.pitch,
        closer=1 / (1 + share * (1 / end.closer - 1)),
    )


@cache
def _yaw(path: Path, side: float) -> float:
    """Turned until it shows, as people do whom a page asks to turn: some faces are flatter."""
    straight = None
    for yaw in (0.0, *YAWS):
        picture = rendered(_head(path), Moved(yaw=side * yaw), Lamp(), Camera(FRAME))
        found = find_faces(np.clip(picture, 0, 255).astype(np.uint8))
        turn = pose_of(found[0]).turn if found else None
        straight = turn if straight is None else straight
        if turn is not None and abs(turn - straight) >= TURN_SHOWS:
            break
    return yaw


def _jpeg(picture: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()
