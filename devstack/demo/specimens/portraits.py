"""Faces for specimens: a portrait for the card, and the same person once more before a phone."""

import io
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens.cutout import before_plain_ground
from devstack.demo.specimens.turning import turned
from verification.faces.detection import Face, find_faces
from verification.faces.pose import pose_of

# Heads turned too far for a selfie, and pictures so smooth that the liveness model takes them for
# prints.
UNFIT = frozenset(
    "015f 020f 024f 038f 045f 049f 056f 066f 069f 005m 009m 024m 026m 027m 038m 043m 045m 051m "
    "055m 062m 064m 067m 071m 073m".split()
)
# Hair or ground that GrabCut does not tell apart: these keep the ground they have.
UNCUT = frozenset("003f 029f 043f 058f 068f 004m 010m 011m 031m 040m 042m 049m 066m 070m".split())
SMALLEST = 300  # pixels; smaller portraits make no good selfie
CARD_PORTRAIT = (384, 444)
SELFIE = (720, 960)
FRAME = (480, 640)
CARD_FACE_SHARE = 0.55  # of the portrait's height
FACE_SHARE = 0.42  # of a selfie's height
STEPS = {
    "turn_left": {"sideways": 1.0},
    "turn_right": {"sideways": -1.0},
    "look_up": {"upwards": 0.27},
    "come_closer": {"closer": 1.32},
}
TURNS = (0.46, 0.53, 0.60)  # sines of the angles tried until the turn shows
TURN_SHOWS = 0.2  # how far the nose then moves, in distances between the eyes


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
        picture = self._cut(name, SELFIE, face_share=FACE_SHARE)
        if fault == "two faces":
            other = next(one for one in self.names(name[-1]) if one != name)
            second = self._cut(other, SELFIE, face_share=FACE_SHARE)
            picture = cv2.resize(np.hstack([picture, second]), SELFIE)
        picture = _taken_again(picture, np.random.default_rng(seed))
        return _jpeg(picture * (0.10 if fault == "dark selfie" else 1.0))

    def selfie_frames(self, name: str, steps: list[str], *, seed: int) -> list[bytes]:
        """Straight ahead, then one frame for each step of a challenge. JPEG, 480 x 640.

        Another seed holds the camera otherwise: no two films of a person are the same.
        """
        straight = self._cut(name, FRAME, face_share=FACE_SHARE)
        face = find_faces(straight)[0]
        pictures = [straight, *(_step_made(straight, face, step) for step in steps)]
        draw = np.random.default_rng(seed)
        held = _held(draw, FRAME)
        films = [
            cv2.warpAffine(picture, held, FRAME, borderMode=cv2.BORDER_REPLICATE)
            for picture in pictures
        ]
        return [_jpeg(picture + draw.normal(0, 2, picture.shape)) for picture in films]

    def _cut(self, name: str, size: tuple[int, int], *, face_share: float) -> np.ndarray:
        """Around the face, which takes `face_share` of the height; the edges are drawn out."""
        picture, face = _loaded(self.folder / f"{name}.jpg")
        scale = face_share * size[1] / face.height
        middle = (face.landmarks.min(axis=0) + face.landmarks.max(axis=0)) / 2
        shift = np.array([0.5 * size[0], 0.47 * size[1]]) - scale * middle
        move = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        return cv2.warpAffine(
            picture, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )


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


def _taken_again(picture: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    height, width = picture.shape[:2]
    turn = _held(draw, (width, height))
    moved = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    light = np.linspace(draw.uniform(0.88, 1.0), draw.uniform(1.0, 1.1), width)[None, :, None]
    tinted = moved * light * draw.uniform(0.96, 1.03, 3)
    soft = cv2.GaussianBlur(tinted, (0, 0), draw.uniform(0.4, 0.8))
    return soft + draw.normal(0, 2.5, soft.shape)


def _held(draw: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """How somebody holds the camera: a little aslant, nearer or further off."""
    middle = (size[0] / 2, size[1] / 2)
    return cv2.getRotationMatrix2D(middle, draw.uniform(-4, 4), draw.uniform(0.96, 1.06))


def _step_made(straight: np.ndarray, face: Face, step: str) -> np.ndarray:
    """Turned until it shows, as people do whom a page asks to turn: some faces are flatter."""
    move = STEPS[step]
    if "sideways" not in move:
        return turned(straight, face, **move)
    for turn in TURNS:
        picture = turned(straight, face, sideways=turn * move["sideways"])
        found = find_faces(picture)
        if found and abs(pose_of(found[0]).turn - pose_of(face).turn) >= TURN_SHOWS:
            break
    return picture


def _jpeg(picture: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()
