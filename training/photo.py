"""What befalls a printed line before it is read: pens and foil over it, a camera, a crop."""

import random
from itertools import pairwise

import cv2
import numpy as np


def scribbled(gray: np.ndarray, letter: float, chance: random.Random) -> np.ndarray:
    """A signature, curves or light foil over the writing, in one line of five. H x W float32."""
    if chance.random() > 0.2:
        return gray
    mask = np.zeros(gray.shape, np.uint8)
    over = chance.choice((_signed, _curved, _foiled, _foiled))
    shades, shares = over(mask, letter, chance)
    shade = float(gray.mean()) * chance.uniform(*shades)
    return _mixed(gray, mask, shade, chance.uniform(*shares))


Span = tuple[float, float]  # from, to: what a shade or a share is drawn between


def _signed(mask: np.ndarray, letter: float, chance: random.Random) -> tuple[Span, Span]:
    """A few strokes of a dark pen."""
    height, width = mask.shape
    start = chance.randint(0, max(1, width - 60))
    points = [
        (start + chance.randint(0, int(9 * letter)), chance.randint(0, height)) for _ in range(4)
    ]
    thick = chance.randint(1, 3)
    for one, other in pairwise(points):
        cv2.line(mask, one, other, 255, thick, cv2.LINE_AA)
    return (0.3, 0.8), (0.3, 0.9)


def _curved(mask: np.ndarray, _letter: float, chance: random.Random) -> tuple[Span, Span]:
    """Arcs like the red ones at the card's lower corners."""
    height, width = mask.shape
    centre = (chance.randint(0, width), chance.choice((-1, 1)) * chance.randint(200, 900))
    radius = abs(centre[1]) + chance.randint(0, height)
    for ring in range(chance.randint(1, 4)):
        cv2.circle(mask, centre, radius + 9 * ring, 255, chance.randint(1, 3), cv2.LINE_AA)
    return (0.55, 1.05), (0.2, 0.8)


def _foiled(mask: np.ndarray, letter: float, chance: random.Random) -> tuple[Span, Span]:
    """A column of upright lettering, and now and then a ring: mostly lighter than the ground."""
    height, width = mask.shape
    size = chance.uniform(0.5, 1.4) * letter / 22
    at, thick = chance.randint(-20, max(1, width - 20)), chance.randint(1, 3)
    for row in range(0, height + 40, max(8, int(30 * size))):
        sign = chance.choice("nWSUMQOEaue8")
        cv2.putText(mask, sign, (at, row), cv2.FONT_HERSHEY_SIMPLEX, size, 255, thick, cv2.LINE_AA)
    if chance.random() < 0.5:
        centre = (at, chance.randint(0, height))
        cv2.circle(mask, centre, int(2.5 * letter), 255, thick, cv2.LINE_AA)
    return (0.85, 1.35), (0.1, 0.55)


def _mixed(gray: np.ndarray, mask: np.ndarray, shade: float, share: float) -> np.ndarray:
    return gray + mask.astype(np.float32) * np.float32(share / 255) * (np.float32(shade) - gray)


def photographed(
    gray: np.ndarray,
    baseline: float,
    letter: float,
    *,
    reach: tuple[float, float],
    rows: int,
    inner: int,
    chance: random.Random,
    noise: np.random.Generator,
) -> np.ndarray:
    """The line as a camera sees it and a straightener cuts it: `rows` x W uint8.

    `reach` is what the crop's `inner` rows hold above and below the baseline, in letters.
    """
    seen_letter = min(letter * 1.1, 8 * (32 / 8) ** chance.random() ** 0.8)
    scale = seen_letter / letter
    turn = chance.gauss(0, 0.6) * np.pi / 180
    wide = chance.uniform(0.8, 1.18)
    shear = chance.gauss(0, 0.05)
    middle = gray.shape[1] / 2
    # From the print to the camera's grid: width, lean and turn round the middle of the baseline.
    lean = np.array([[wide, shear, 0], [wide * np.tan(turn), 1, 0]])
    lean[:, 2] = (wide * middle, baseline) - lean[:, :2] @ (middle, baseline)
    size = (round(gray.shape[1] * wide), gray.shape[0])
    edges = {"flags": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    bent = cv2.warpAffine(gray, lean, size, **edges)
    camera = (max(16, round(size[0] * scale)), max(12, round(size[1] * scale)))
    small = cv2.resize(bent, camera, interpolation=cv2.INTER_AREA)
    small = exposed(small, seen_letter, chance, noise)
    zoom = inner / ((reach[0] + reach[1]) * seen_letter)
    if zoom < 0.8:
        small = cv2.resize(small, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        seen_letter, zoom = seen_letter * zoom, 1.0
    top = baseline / letter * seen_letter - reach[0] * seen_letter - (rows - inner) / 2 / zoom
    view = np.array([[zoom, 0, chance.uniform(-0.5, 0.5)], [0, zoom, -top * zoom]])
    kind = cv2.INTER_CUBIC if chance.random() < 0.5 else cv2.INTER_LINEAR
    across = max(16, round(small.shape[1] * zoom))
    return cv2.warpAffine(small, view, (across, rows), flags=kind, borderMode=cv2.BORDER_REPLICATE)


def exposed(
    gray: np.ndarray, letter: float, chance: random.Random, noise: np.random.Generator
) -> np.ndarray:
    """Light, focus, sensor and JPEG at the camera's resolution: H x W uint8."""
    height, width = gray.shape
    gain = chance.uniform(0.45, 1.12)
    light = np.linspace(gain * chance.uniform(0.75, 1.2), gain, width, dtype=np.float32)
    seen = _glaring(gray * light, letter, chance) if chance.random() < 0.2 else gray * light
    if chance.random() < 0.85:
        blur = chance.uniform(0.25, 0.055 * letter + 0.55)
        seen = cv2.GaussianBlur(seen, (0, 0), blur)
    if chance.random() < 0.12:
        seen = _moved(seen, chance)
    if chance.random() < 0.6:
        grain = noise.standard_normal((height, width), np.float32)
        seen = seen + grain * np.float32(chance.uniform(0.5, 7))
    picture = np.clip(seen, 0, 255).astype(np.uint8)
    if chance.random() < 0.2:
        sharp = cv2.GaussianBlur(picture, (0, 0), 1.2)
        picture = cv2.addWeighted(picture, 1.8, sharp, -0.8, 0)
    if chance.random() < 0.65:
        quality = [cv2.IMWRITE_JPEG_QUALITY, chance.randint(30, 92)]
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, quality)[1], cv2.IMREAD_GRAYSCALE)
    if chance.random() < 0.15:
        picture = flattened(picture, letter, chance)
    return picture


def _glaring(seen: np.ndarray, letter: float, chance: random.Random) -> np.ndarray:
    """A lamp's soft reflection, that leaves a tenth of the contrast at least."""
    height, width = seen.shape
    rows, columns = np.ogrid[0:height, 0:width]
    across = (columns - chance.uniform(0, width)) / chance.uniform(1, 6)
    away = (across**2 + (rows - chance.uniform(0, height)) ** 2) / letter**2
    spot = np.exp(-away).astype(np.float32) * np.float32(chance.uniform(0.3, 0.9))
    return seen + (255 - seen) * spot


def _moved(seen: np.ndarray, chance: random.Random) -> np.ndarray:
    """Smeared by a hand that shook."""
    kernel = np.zeros((5, 5), np.float32)
    end = (chance.randint(0, 4), chance.randint(0, 4))
    cv2.line(kernel, (2, 2), end, 1.0)
    return cv2.filter2D(seen, -1, kernel / kernel.sum())


def flattened(picture: np.ndarray, letter: float, chance: random.Random) -> np.ndarray:
    """Measured against the brightest nearby, as a reader that takes ink from its ground does."""
    side = max(3, int(1.2 * letter)) | 1
    near = cv2.GaussianBlur(
        cv2.dilate(picture, np.ones((side, side), np.uint8)), (0, 0), letter / 2
    )
    share = picture.astype(np.float32) / np.maximum(near, 1)
    dark, bright = chance.uniform(0.1, 0.4), chance.uniform(0.8, 1.0)
    return (np.clip((share - dark) / (bright - dark), 0, 1) * 255).astype(np.uint8)
