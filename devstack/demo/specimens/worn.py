# ruff: noqa: PLR2004 - shapes and shades, drawn until they looked right
"""Faces with dark glasses, spectacles, a head scarf or lipstick, or lit from one side. Drawn."""

import cv2
import numpy as np

from devstack.demo.specimens.covered import filled, grid, rounded
from verification.faces.detection import Face
from verification.faces.pose import pose_of

CHIN_LINE = slice(0, 17)
KINDS = ("spectacles", "head scarf", "lipstick", "lit from a side")
SCARVES = ((24, 24, 28), (240, 240, 238), (120, 40, 60), (40, 90, 120), (222, 186, 150))


def dark_glasses(picture: np.ndarray, face: Face, *, seed: int = 0) -> np.ndarray:
    """An H x W x 3 uint8 RGB picture with lenses that let little or no light through."""
    draw = np.random.default_rng(seed)
    eyes = pose_of(face).eyes
    lenses = _lenses(picture, face, draw)
    _across, along = grid(picture.shape, face)
    tint = draw.uniform(8, 45) + draw.uniform(-8, 12, 3)
    lens = tint + draw.uniform(0, 25) * np.clip(along, -0.3, 0.4)[..., None]
    lens = lens + draw.uniform(0, 30) * _glint(picture, face, draw)[..., None]
    opaque = draw.uniform(0.85, 1.0) * lenses[..., None]
    out = picture * (1 - opaque) + lens * opaque
    _frame(out, face, lenses, max(1, round(0.04 * eyes)), draw)
    return np.clip(out, 0, 255).astype(np.uint8)


def worn(picture: np.ndarray, face: Face, kind: str, *, seed: int = 0) -> np.ndarray:
    """The same with a thing of KINDS, which leaves a face open to be seen."""
    draw = np.random.default_rng(seed)
    if kind == "spectacles":
        out = picture.astype(float)
        lenses = _lenses(picture, face, draw)
        out = out + draw.uniform(0, 40) * (lenses * _glint(picture, face, draw))[..., None]
        thick = max(1, round(draw.uniform(0.02, 0.06) * pose_of(face).eyes))
        _frame(out, face, lenses, thick, draw)
    elif kind == "head scarf":
        out = _head_scarf(picture, face, draw)
    elif kind == "lipstick":
        lips = filled(picture.shape, face.landmarks[48:60], soft=1.0)[..., None] * 0.6
        out = picture * (1 - lips) + lips * np.array([draw.uniform(90, 210), 20, 50])
    else:
        across, _along = grid(picture.shape, face)
        sign = draw.choice([-1, 1])
        out = picture * np.clip(0.75 + sign * 0.6 * across, 0.25, 1.3)[..., None]
    return np.clip(out, 0, 255).astype(np.uint8)


def _lenses(picture: np.ndarray, face: Face, draw: np.random.Generator) -> np.ndarray:
    eyes, tilt = pose_of(face).eyes, pose_of(face).tilt
    wide, tall = draw.uniform(0.34, 0.44) * eyes, draw.uniform(0.24, 0.36) * eyes
    shift = np.array([0, draw.uniform(0.02, 0.08)]) * eyes
    cover = np.zeros(picture.shape[:2], np.float32)
    for middle in face.points[:2] + shift:
        centre = tuple(np.round(middle).astype(int).tolist())
        cv2.ellipse(cover, centre, (round(wide), round(tall)), tilt, 0, 360, 1.0, -1, cv2.LINE_AA)
    return cover


def _frame(
    out: np.ndarray, face: Face, lenses: np.ndarray, thick: int, draw: np.random.Generator
) -> None:
    tone = draw.uniform(10, 90, 3).tolist()
    edges, _levels = cv2.findContours(
        (lenses > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    cv2.drawContours(out, edges, -1, tone, thick, cv2.LINE_AA)
    left, right = face.points[:2]
    ends = [left + 0.36 * (right - left), left + 0.64 * (right - left)]
    bridge = [tuple(np.round(end).astype(int).tolist()) for end in ends]
    cv2.line(out, *bridge, tone, thick, cv2.LINE_AA)


def _glint(picture: np.ndarray, face: Face, draw: np.random.Generator) -> np.ndarray:
    across, along = grid(picture.shape, face)
    return np.exp(-(((across + along - draw.uniform(-0.6, 0.6)) / 0.1) ** 2))


def _head_scarf(picture: np.ndarray, face: Face, draw: np.random.Generator) -> np.ndarray:
    """As a hijab or a nun's veil lies: around brows, cheeks and chin, and down over the neck."""
    marks, eyes = face.landmarks, pose_of(face).eyes
    brow = marks[17:27] - np.array([0, draw.uniform(0.25, 0.45)]) * eyes
    chin = marks[CHIN_LINE] * 1.0
    chin[6:11] += np.array([0, draw.uniform(-0.02, 0.06)]) * eyes
    opening = filled(picture.shape, rounded(np.concatenate([chin, brow[::-1]])), soft=0.02 * eyes)
    across, along = grid(picture.shape, face)
    head = (across / 1.35) ** 2 + ((along - 0.45) / 1.9) ** 2 < 1
    cloth = (head | ((along > 1.2) & (np.abs(across) < 2.2))) * (1 - opening)
    colour = np.array(SCARVES[draw.integers(len(SCARVES))], float)
    folds = 1 - 0.12 * np.sin(9 * (np.abs(across) + 0.4 * along))
    painted = colour * (folds * draw.uniform(0.75, 1.0))[..., None]
    soft = cv2.GaussianBlur(cloth.astype(np.float32), (0, 0), 1.0)[..., None]
    return picture * (1 - soft) + painted * soft
