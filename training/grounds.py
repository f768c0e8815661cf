"""Drawn grounds that look like the card's: two tints, guilloche, temples, curves, seals, foil.

Everything is drawn here; no picture of a real card is used. A texture is H x W x 3 float32 RGB at
about the scale of a card 1200 pixels wide, on which lines are laid at any place.
"""

import cv2
import numpy as np

HEIGHT, WIDTH = 300, 1300
# Light and turquoise tints as measured beside the printing on eight cards, dark photos to bright.
LIGHT = np.array(
    [
        *((176, 181, 177), (181, 196, 201), (202, 202, 194), (195, 184, 204)),
        *((223, 225, 233), (150, 160, 155), (190, 215, 240), (212, 226, 232)),
    ],
    np.float32,
)
DEEP = np.array(
    [
        *((150, 185, 190), (140, 190, 205), (165, 195, 215), (170, 180, 215)),
        *((120, 165, 175), (110, 180, 215), (150, 205, 215)),
    ],
    np.float32,
)
RED, ORANGE = (196, 96, 92), (222, 150, 100)


def texture(chance: np.random.Generator) -> np.ndarray:
    """One stretch of ground."""
    ground = _tints(chance)
    for _ in range(chance.integers(1, 4)):
        _guilloche(ground, chance)
    if chance.random() < 0.5:
        _weave(ground, chance)
    if chance.random() < 0.35:
        _curves(ground, chance)
    if chance.random() < 0.35:
        _seal(ground, chance)
    if chance.random() < 0.4:
        _patches(ground, chance)
    return ground


def _tints(chance: np.random.Generator) -> np.ndarray:
    """Light above, deep below, the border level or a silhouette of spires, or one tint alone."""
    light = LIGHT[chance.integers(len(LIGHT))] + chance.normal(0, 8, 3)
    deep = DEEP[chance.integers(len(DEEP))] + chance.normal(0, 8, 3)
    columns = np.arange(WIDTH)
    border = np.full(WIDTH, chance.uniform(-0.6, 1.6) * HEIGHT)
    for _ in range(chance.integers(0, 6)):
        centre, wide, high = chance.uniform((0, 12, 10), (WIDTH, 130, 190))
        border -= high * np.exp(-np.abs(columns - centre) / wide * chance.uniform(1, 3))
    rows = np.arange(HEIGHT)[:, None]
    share = 1 / (1 + np.exp(-(rows - border[None]) / chance.uniform(0.8, 14)))
    contrast = chance.uniform(0.15, 1)
    ground = light + share[:, :, None].astype(np.float32) * (deep - light) * np.float32(contrast)
    wave = np.sin(columns / chance.uniform(80, 400) + chance.uniform(0, 6))
    tint = chance.normal(0, 5, 3) * wave[:, None]
    return (ground + tint[None]).astype(np.float32)


def _guilloche(ground: np.ndarray, chance: np.random.Generator) -> None:
    """Fine wavy lines, equally spaced, in a tint."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    wave = chance.uniform(2, 26) * np.sin(columns / chance.uniform(15, 120) + chance.uniform(0, 6))
    slope = chance.normal(0, 0.35)
    phase = (rows + wave + slope * columns) * np.float32(2 * np.pi / chance.uniform(4, 16))
    lines = np.exp(-((np.sin(phase) / chance.uniform(0.15, 0.7)) ** 2))
    tint = chance.normal(-4, 5, 3).astype(np.float32) * chance.choice((0.5, 1, 1.8))
    ground += lines[:, :, None].astype(np.float32) * tint


def _weave(ground: np.ndarray, chance: np.random.Generator) -> None:
    """Two sets of straight hairlines across each other."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    period, lean = chance.uniform(3, 9), chance.uniform(0.3, 1.5)
    threads = np.sin((rows + lean * columns) * np.float32(6.28 / period))
    threads += np.sin((rows - lean * columns) * np.float32(6.28 / period))
    ground += (chance.uniform(1, 5) * threads)[:, :, None].astype(np.float32)


def _blend(ground: np.ndarray, mask: np.ndarray, colour: np.ndarray, share: float) -> None:
    weight = (mask.astype(np.float32) * np.float32(share / 255))[:, :, None]
    ground += weight * (np.asarray(colour, np.float32) - ground)


def _curves(ground: np.ndarray, chance: np.random.Generator) -> None:
    """The red curves at the card's lower corners."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    centre = chance.integers((0, -600), (WIDTH, HEIGHT + 600))
    first, thick = chance.integers(200, 900), int(chance.integers(1, 4))
    for ring in range(chance.integers(2, 7)):
        radius = int(first + ring * chance.integers(6, 26))
        cv2.circle(mask, centre.tolist(), radius, 255, thick, cv2.LINE_AA)
    _blend(ground, mask, RED, chance.uniform(0.2, 0.8))


def _seal(ground: np.ndarray, chance: np.random.Generator) -> None:
    """Rings with spokes: an office's seal, or one of the foil's."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for _ in range(chance.integers(1, 4)):
        centre = chance.integers((0, 0), (WIDTH, HEIGHT))
        radius = int(chance.integers(30, 110))
        for share in (1, 0.93, 0.7, 0.4):
            cv2.circle(mask, centre.tolist(), int(radius * share), 255, 2, cv2.LINE_AA)
        for angle in np.arange(0, 6.28, chance.uniform(0.12, 0.6)):
            way = np.array([np.cos(angle + chance.uniform(0, 0.1)), np.sin(angle)])
            start, end = (
                centre + way * radius * 0.45,
                centre + way * radius * chance.uniform(0.6, 0.9),
            )
            cv2.line(mask, start.astype(int).tolist(), end.astype(int).tolist(), 255,
                     int(chance.integers(1, 5)), cv2.LINE_AA)  # fmt: skip
    choice = chance.integers(4)
    colour = (RED, ORANGE, (245, 250, 250), (160, 150, 205))[choice]
    _blend(ground, mask, colour, chance.uniform(0.1, 0.75 if choice < 2 else 0.45))


def _patches(ground: np.ndarray, chance: np.random.Generator) -> None:
    """Where foil shines or the print is worn: soft lighter or darker clouds."""
    small = chance.normal(0, 1, (chance.integers(2, 7), chance.integers(3, 22)))
    clouds = cv2.resize(small.astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    ground += (chance.uniform(3, 22) * clouds)[:, :, None]


class Grounds:
    """A few textures at a time, each replaced after it has served `uses` lines."""

    def __init__(self, chance: np.random.Generator, *, kept: int = 12, uses: int = 120) -> None:
        self.chance, self.uses = chance, uses
        self.kept = [texture(chance) for _ in range(kept)]
        self.served = 0

    def patch(self, height: int, width: int) -> np.ndarray:
        """H x W x 3 float32: a stretch cut anywhere, now and then coarser or mirrored."""
        self.served += 1
        if self.served % self.uses == 0:
            self.kept[self.chance.integers(len(self.kept))] = texture(self.chance)
        source = self.kept[self.chance.integers(len(self.kept))]
        zoom = self.chance.uniform(0.7, 1.6)
        wide, high = min(WIDTH, int(width / zoom) + 2), min(HEIGHT, int(height / zoom) + 2)
        top = self.chance.integers(HEIGHT - high + 1)
        left = self.chance.integers(WIDTH - wide + 1)
        part = source[top : top + high, left : left + wide]
        if self.chance.random() < 0.5:
            part = part[:, ::-1]
        return cv2.resize(np.ascontiguousarray(part), (width, height))
