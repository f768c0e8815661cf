"""Attacks on the selfie step, made of sample people's pictures, and what the portal says of them.

Terms as in ISO/IEC 30107-3: APCER is the share of attacks of one kind that are taken for a person,
BPCER the share of people who are taken for an attack.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import cv2
import numpy as np
from django.conf import settings
from PIL import Image

from devstack.demo.measuring.faces import portraits
from devstack.demo.specimens import camera
from devstack.demo.specimens.portraits import Portraits
from verification.faces import challenge, engine
from verification.faces.challenge import OTHERS, TURNS, Answers, Challenge, Frame
from verification.images import decode

APART, LONG = 900, 10_000  # milliseconds between two frames, and for a step
PAPER = 24  # pixels of white around a print
# What challenge.issue() draws from, in an order that stays: the same attacks each time.
CHALLENGES = [pair for pair in permutations((*TURNS, *OTHERS), 2) if {*pair} & {*TURNS}]
TILTS = (-0.22, 0.0, 0.22)  # how far a print is turned before the camera


@dataclass(frozen=True)
class Target:
    """Who is attacked, with what steps the portal asks for, and somebody else."""

    faces: Portraits
    name: str
    other: str
    steps: tuple[str, ...]
    seed: int

    def selfie(self) -> bytes:
        return self.faces.selfie(self.name, seed=self.seed)

    def frames(self, steps: tuple[str, ...] | None = None) -> list[bytes]:
        return self.faces.selfie_frames(self.name, list(steps or self.steps), seed=self.seed)


def targets(count: int) -> list[Target]:
    faces = portraits()
    names = faces.names("f") + faces.names("m")
    return [
        Target(faces, name, names[place - 1], CHALLENGES[place % len(CHALLENGES)], place)
        for place, name in enumerate(names[:count])
    ]


def looks_live(selfie: bytes) -> bool:
    """What the passive score alone says; no face found is no person either."""
    picture = decode(selfie)
    faces = engine.find_faces(picture)
    threshold = settings.MACHINE_THRESHOLDS["liveness"]
    return bool(faces) and engine.liveness(picture, faces[0]) >= threshold


def follows(target: Target, selfie: bytes, frames: list[bytes]) -> bool:
    """What the head turns alone say."""
    ahead, *moved = [Frame(decode(one), APART * place) for place, one in enumerate(frames)]
    answers = Answers([[ahead, moved[0]], *([one] for one in moved[1:])], [LONG] * len(moved))
    picture = decode(selfie)
    faces = engine.find_faces(picture)
    if not faces:
        return False
    person = engine.embed(picture, faces[0])
    return challenge.judge(Challenge(target.steps), answers, person).passed


def printed(target: Target) -> bytes:
    """The selfie as a paper print, photographed from near."""
    selfie = Image.open(io.BytesIO(target.selfie()))
    paper = Image.new("RGBA", (selfie.width + 2 * PAPER, selfie.height + 2 * PAPER), "white")
    paper.paste(selfie, (PAPER, PAPER))
    return camera.photograph(
        paper, seed=target.seed, size=(720, 960), share=0.9, rotation=0.0, background="cloth"
    )


def on_screen(target: Target) -> bytes:
    return camera.as_screen(target.selfie(), seed=target.seed)


def on_fine_screen(target: Target) -> bytes:
    """The selfie on a phone's screen so fine that no grid is seen: black glows, white is bluish."""
    shown = decode(target.selfie()).astype(np.float32) / 255
    light = (8 + 247 * shown**1.12) * np.array([0.95, 1.0, 1.06], np.float32)
    return _jpeg(cv2.GaussianBlur(light, (0, 0), 0.7).clip(0, 255).astype(np.uint8))


def injected(target: Target) -> bytes:
    """The portrait of the card as it is, sent in a camera's place."""
    return _jpeg(np.asarray(target.faces.card_portrait(target.name).convert("RGB")))


def masked(target: Target) -> bytes:
    """The face, printed and cut out along its edge, before somebody else's."""
    wearer = decode(target.faces.selfie(target.other, seed=target.seed))
    shown = decode(target.selfie())
    worn, face = engine.find_faces(wearer)[0], engine.find_faces(shown)[0]
    onto = cv2.estimateAffinePartial2D(face.points, worn.points)[0]
    size = wearer.shape[1], wearer.shape[0]
    paper = cv2.warpAffine(shown, onto, size, flags=cv2.INTER_AREA).astype(np.float32)
    left, top, right, bottom = worn.box[:4]
    middle = int((left + right) / 2), int((top + bottom) / 2)
    axes = int(0.52 * (right - left)), int(0.56 * (bottom - top))
    cut = cv2.ellipse(np.zeros(size[::-1], np.float32), middle, axes, 0, 0, 360, 1, -1)
    shade = cv2.GaussianBlur(np.roll(cut, (6, 4), (0, 1)), (0, 0), 5)[:, :, None]
    grain = np.random.default_rng(target.seed).normal(0, 2.0, paper.shape)
    print_ = 24 + 0.84 * paper + grain  # paper is greyer than a screen is black and white
    under = wearer * (1 - 0.4 * shade)
    cover = cv2.GaussianBlur(cut, (0, 0), 0.8)[:, :, None]
    return _jpeg((under * (1 - cover) + print_ * cover).clip(0, 255).astype(np.uint8))


def still_photo(target: Target) -> list[bytes]:
    """One photo, turned to and fro before the camera."""
    picture = decode(target.frames()[0])
    tilts = [0.0, *(TILTS[(target.seed + place) % len(TILTS)] for place in (0, 1))]
    return [_jpeg(_tilted(picture, tilt)) for tilt in tilts]


def replayed(target: Target) -> list[bytes]:
    """A recording of other steps than those that are asked for."""
    further = 1 + target.seed % (len(CHALLENGES) - 1)
    place = CHALLENGES.index(target.steps) + further
    return target.frames(CHALLENGES[place % len(CHALLENGES)])


def swapped(target: Target) -> list[bytes]:
    """Another person makes the turns; only the last frame, or the selfie, shows the target."""
    stranger = target.faces.selfie_frames(target.other, list(target.steps), seed=target.seed)
    return [*stranger[:-1], target.frames()[-1]]


PASSIVE: dict[str, Callable[[Target], bytes]] = {
    "paper print": printed,
    "screen with visible grid": on_screen,
    "screen without a grid": on_fine_screen,
    "cut-out mask of paper": masked,
    "the card's portrait, injected": injected,
}
ACTIVE: dict[str, Callable[[Target], list[bytes]]] = {
    "still photo moved about": still_photo,
    "recording of other steps": replayed,
    "another person, last frame swapped": swapped,
}


def _tilted(picture: np.ndarray, tilt: float) -> np.ndarray:
    """A flat picture turned about its upright middle: one side comes nearer."""
    height, width = picture.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inset, near = abs(tilt) * width * 0.5, tilt * height * 0.25
    view = flat + np.array(
        [[inset, near], [-inset, -near], [-inset, near], [inset, -near]], np.float32
    )
    turn = cv2.getPerspectiveTransform(flat, view)
    return cv2.warpPerspective(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)


def _jpeg(picture: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=92)
    return out.getvalue()
