# ruff: noqa: PLR2004 - shapes and shades, drawn until they looked right
"""Faces with a mask, a scarf or a hand over mouth and nose. Drawn, and so no measure of real ones.

What is drawn lies where a face's landmarks are, takes the light that falls on the face, and has the
folds, seams, straps and shadow of the thing.
"""

import cv2
import numpy as np

from verification.faces.detection import Face
from verification.faces.pose import pose_of

COLOURS = {
    "white": (236, 238, 240),
    "blue": (148, 190, 222),
    "green": (150, 205, 182),
    "black": (34, 34, 38),
    "pink": (238, 178, 194),
    "grey": (128, 130, 134),
    "navy": (34, 44, 84),
    "beige": (214, 180, 152),
}
SURGICAL_COLOURS = ("white", "blue", "green", "black", "pink")
KINDS = ("surgical", "n95", "cloth", "scarf", "hand", "below nose")
CHEEKS, JAW = ((1, 15), (2, 14)), slice(3, 14)
BRIDGE, TIP, BASE, CHIN = 28, 30, 33, 8
BRIGHT = 160.0  # what a lit cheek is about, to take the light that falls on the face


def covered(
    picture: np.ndarray, face: Face, kind: str, *, colour: str = "white", seed: int = 0
) -> np.ndarray:
    """An H x W x 3 uint8 RGB picture with the lower face under a thing of KINDS."""
    draw = np.random.default_rng(seed)
    eyes = pose_of(face).eyes
    outline = _outline(face, kind, draw)
    cover = filled(picture.shape, outline, soft=draw.uniform(0.010, 0.025) * eyes)
    shadow = cv2.GaussianBlur(np.roll(cover, round(0.03 * eyes), axis=0), (0, 0), 0.06 * eyes)
    out = picture * (1 - draw.uniform(0.1, 0.35) * shadow[..., None])
    if kind in ("surgical", "n95", "cloth", "below nose"):
        _straps(out, face, colour, draw)
    stuff = _skin(picture, face) if kind == "hand" else np.array(COLOURS[colour], float)
    textile = _textile(picture, face, kind, stuff, draw) * _light(picture, cover, eyes, draw)
    grain = draw.normal(0, draw.uniform(1, 4), (*picture.shape[:2], 1))
    out = out * (1 - cover[..., None]) + (textile + grain) * cover[..., None]
    return np.clip(out, 0, 255).astype(np.uint8)


def _outline(face: Face, kind: str, draw: np.random.Generator) -> np.ndarray:
    """The corners, from the cheek on the left over the nose and round the chin, made round."""
    marks, eyes = face.landmarks, pose_of(face).eyes
    middle = marks[[36, 45]].mean(axis=0)
    down = marks[CHIN] - middle
    down = down / np.hypot(*down)
    left, right = (marks[cheek] for cheek in CHEEKS[draw.integers(2)])
    top = {"below nose": marks[BASE] - 0.02 * eyes * down, "hand": marks[TIP]}.get(
        kind, marks[BRIDGE] + draw.uniform(-0.05, 0.35) * (marks[TIP] - marks[BRIDGE])
    )
    drop = {"below nose": 0.45, "hand": 0.5, "n95": 0.25}.get(kind, 0.0) * eyes * down
    sides = [left + drop, (left + top) / 2 + draw.uniform(0.02, 0.14) * eyes * down + drop / 3]
    others = [(right + top) / 2 + draw.uniform(0.02, 0.14) * eyes * down + drop / 3, right + drop]
    if kind == "scarf":
        low = 1.6 * eyes * down
        below = [marks[14] + low + (marks[14] - marks[2]) / 4, marks[CHIN] + low]
        below.append(marks[2] + low - (marks[14] - marks[2]) / 4)
    else:
        centre = marks[[2, 14]].mean(axis=0)
        wide = {"n95": 0.93, "hand": 0.85}.get(kind, draw.uniform(1.0, 1.06))
        below = list(((marks[JAW] - centre) * wide + centre)[::-1])
        below[len(below) // 2] = marks[CHIN] + draw.uniform(-0.02, 0.14) * eyes * down
    return rounded(np.array([*sides, top, *others, *below]))


def rounded(corners: np.ndarray) -> np.ndarray:
    for _ in range(3):
        after = np.roll(corners, -1, axis=0)
        pair = [0.75 * corners + 0.25 * after, 0.25 * corners + 0.75 * after]
        corners = np.stack(pair, axis=1).reshape(-1, 2)
    return corners


def filled(shape: tuple[int, ...], outline: np.ndarray, *, soft: float) -> np.ndarray:
    cover = np.zeros(shape[:2], np.float32)
    cv2.fillPoly(cover, [np.round(outline * 16).astype(int)], 1.0, cv2.LINE_AA, shift=4)
    return cv2.GaussianBlur(cover, (0, 0), max(0.3, soft))


def _straps(out: np.ndarray, face: Face, colour: str, draw: np.random.Generator) -> None:
    """From the mask's corners to the ears."""
    eyes, marks = pose_of(face).eyes, face.landmarks
    tone = [min(250.0, 0.9 * value + 15) for value in COLOURS[colour]]
    for cheek, low, away in ((1, 4, -1), (15, 12, 1)):
        ear = marks[cheek] + np.array([away * 0.16, -0.12]) * eyes
        for start in (marks[cheek], marks[low]):
            ends = [tuple(np.round(point).astype(int).tolist()) for point in (start, ear)]
            cv2.line(out, *ends, tone, max(1, round(draw.uniform(0.02, 0.04) * eyes)), cv2.LINE_AA)


def _light(
    picture: np.ndarray, cover: np.ndarray, eyes: float, draw: np.random.Generator
) -> np.ndarray:
    """H x W x 3: how the face's own light, from its side and in its tint, falls on the thing."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    inside = cv2.GaussianBlur(cover, (0, 0), 0.4 * eyes) + 1e-3
    falling = cv2.GaussianBlur(grey * cover, (0, 0), 0.4 * eyes) / inside
    middle = float((grey * cover).sum() / cover.sum())
    exposure = np.clip(0.5 + 0.5 * middle / BRIGHT, 0.55, 1.1) * draw.uniform(0.85, 1.05)
    side = np.clip(falling / max(1.0, middle), 0.5, 1.4) ** draw.uniform(0.5, 0.9)
    return side[..., None] * exposure * draw.uniform(0.95, 1.05, 3)


def _skin(picture: np.ndarray, face: Face) -> np.ndarray:
    marks, reach = face.landmarks, max(1, round(0.08 * pose_of(face).eyes))
    x, y = np.round(marks[[29, 30]].mean(axis=0)).astype(int)
    patch = picture[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach]
    return np.median(patch.reshape(-1, 3), axis=0)


def _textile(
    picture: np.ndarray, face: Face, kind: str, colour: np.ndarray, draw: np.random.Generator
) -> np.ndarray:
    """H x W x 3: the thing's own colours, with folds and seams, before light falls on it."""
    across, along = grid(picture.shape, face)
    shade = 1 - draw.uniform(0.05, 0.25) * np.clip(np.abs(across), 0, 1.2) ** 2
    if kind in ("surgical", "below nose"):
        shade = shade + _folds(along + 0.08 * across**2, draw)
    if kind == "n95":
        shade = shade * (1.05 - 0.25 * ((along - 0.9) ** 2 + across**2))
        shade = shade - 0.15 * np.exp(-((across / 0.015) ** 2)) * draw.integers(2)
    if kind == "scarf":
        wave = along + draw.uniform(-0.5, 0.5) * across + 0.05 * np.sin(5 * across)
        shade = shade + 0.12 * np.sin(draw.uniform(9, 16) * wave) + _folds(wave, draw)
    if kind == "hand":
        fingers = np.abs(((across + 5) / draw.uniform(0.24, 0.3)) % 1 - 0.5)
        shade = draw.uniform(0.85, 1.05) - 0.35 * np.clip(fingers - 0.36, 0, 1) / 0.14
    painted = colour * np.clip(shade, 0.2, 1.3)[..., None]
    return _printed(painted, across, along, draw) if kind == "cloth" else painted


def grid(shape: tuple[int, ...], face: Face) -> tuple[np.ndarray, np.ndarray]:
    """Where each pixel lies from between the eyes: across and down, in distances of the eyes."""
    left, right = face.points[:2]
    along = (right - left) / np.hypot(*(right - left))
    y, x = np.mgrid[: shape[0], : shape[1]]
    from_eyes = np.stack([x, y], axis=-1) - (left + right) / 2
    scale = np.hypot(*(right - left))
    return from_eyes @ along / scale, from_eyes @ np.array([-along[1], along[0]]) / scale


def _folds(along: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    depth, start = draw.uniform(0.03, 0.14), draw.uniform(0.6, 0.75)
    lines = [start + step * draw.uniform(0.18, 0.24) for step in range(3)]
    lit = sum(np.exp(-(((along - line) / 0.03) ** 2)) for line in lines)
    shaded = sum(np.exp(-(((along - line - 0.05) / 0.02) ** 2)) for line in lines)
    return depth * (lit - shaded)


def _printed(
    painted: np.ndarray, across: np.ndarray, along: np.ndarray, draw: np.random.Generator
) -> np.ndarray:
    """Dots, stripes, checks or spots in a second colour."""
    second, size = draw.uniform(20, 240, 3), draw.uniform(0.08, 0.22)
    u, v = across / size, along / size
    waves = np.stack([np.sin(2 * np.pi * u), np.sin(2 * np.pi * v)])
    noise = cv2.GaussianBlur(draw.normal(0, 1, along.shape).astype(np.float32), (0, 0), 3)
    spots = [
        waves.prod(axis=0) > 0.4,
        waves[1] > 0.2,
        waves.max(axis=0) > 0.6,
        noise > 0.7 * noise.std(),
    ][draw.integers(4)]
    return np.where(spots[..., None], second, painted)
