"""What a portrait does not show, painted in from what it does: room, sides of the head, a shirt."""

import cv2
import numpy as np

SHIRTS = ((58, 74, 98), (112, 112, 116), (72, 92, 78), (140, 128, 112), (96, 62, 66), (44, 46, 52))
THIN = 0.05  # of a pixel known: too little to tell its colour


def _filled(picture: np.ndarray, known: np.ndarray) -> np.ndarray:
    """float32: what is not `known` in the colours around it, the more even the further off."""
    total = picture * known[:, :, None].astype(np.float32)
    weight = known.astype(np.float32)
    if 1 in weight.shape:
        return total.sum(axis=(0, 1)) / max(1.0, weight.sum()) + np.zeros_like(total)
    half = max(1, weight.shape[1] // 2), max(1, weight.shape[0] // 2)
    coarse_weight = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(total, half, interpolation=cv2.INTER_AREA)
    coarse /= np.maximum(coarse_weight, 1e-4)[:, :, None]
    coarse = _filled(coarse, coarse_weight > THIN)
    around = cv2.resize(coarse, weight.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return total + around * (1 - weight)[:, :, None]


def with_edge_drawn_out(picture: np.ndarray, person: np.ndarray) -> np.ndarray:
    """No light of the old ground on the outline: the hair's colours reach out over it."""
    sure = cv2.erode(person.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    near = cv2.dilate(person.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    filled = _filled(picture, sure)
    soft = cv2.GaussianBlur((sure & near).astype(np.float32), (0, 0), 2)[:, :, None]
    return (picture * soft + filled * (1 - soft)).astype(np.uint8)


def sides(colours: np.ndarray, person: np.ndarray, eyes: float) -> np.ndarray:
    """Hair, ear and cheek as they go on round the corner: the colours around, with own strands."""
    draw = np.random.default_rng(1)
    weight = cv2.GaussianBlur(person.astype(np.float32), (0, 0), 0.12 * eyes)[:, :, None] + 1e-3
    inside = colours * person[:, :, None].astype(np.float32)
    mean = cv2.GaussianBlur(inside, (0, 0), 0.12 * eyes) / weight
    strands = draw.normal(0, 1, person.shape).astype(np.float32)
    strands = cv2.GaussianBlur(strands, (0, 0), sigmaX=1.2, sigmaY=0.09 * eyes)
    blots = cv2.GaussianBlur(draw.normal(0, 1, person.shape).astype(np.float32), (0, 0), 0.1 * eyes)
    pattern = strands / strands.std() + 0.4 * blots / blots.std()
    rough = cv2.GaussianBlur(np.abs(inside - mean * person[:, :, None]), (0, 0), 0.12 * eyes)
    painted = mean + 0.45 * (rough / weight).mean(axis=2, keepdims=True) * pattern[:, :, None]
    return np.clip(painted, 0, 255).astype(np.uint8)


def ground(picture: np.ndarray, person: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """The room without the person; beyond the portrait's edges it goes on as its mirror image."""
    near = cv2.dilate(person.astype(np.uint8), np.ones((25, 25), np.uint8)) > 0
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    shown = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    known = ~near[shown]
    filled = _filled(picture[shown], known)
    soft = cv2.GaussianBlur(known.astype(np.float32), (0, 0), 5)[:, :, None]
    share = np.clip(2 * soft - 1, 0, 1)
    filled = filled * share + cv2.GaussianBlur(filled, (0, 0), 6) * (1 - share)
    height, width = person.shape
    grown = cv2.copyMakeBorder(
        filled.astype(np.float32),
        rows[0], height - 1 - rows[-1], columns[0], width - 1 - columns[-1], cv2.BORDER_REFLECT,
    )  # fmt: skip
    share = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 12)[:, :, None]
    share = np.clip(2 * share - 1, 0, 1)
    grown = grown * share + cv2.GaussianBlur(grown, (0, 0), 18) * (1 - share)
    return np.clip(grown, 0, 255).astype(np.uint8)


def dressed(
    picture: np.ndarray,
    person: np.ndarray,
    inside: np.ndarray,
    marks: np.ndarray,
    eyes: float,
) -> tuple[np.ndarray, np.ndarray]:
    """A plain shirt with a round neck where the portrait ends above all clothes.

    Gives back the picture and where the person is.
    """
    height, width = person.shape
    bottom = int(np.flatnonzero(inside.any(axis=1))[-1])
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    aside = (columns - width / 2) / eyes - marks[8, 0]
    neck = np.flatnonzero(person[max(0, bottom - 2)])
    half = max(1.7, *(abs(edge - width / 2) / eyes for edge in neck[[0, -1]])) if len(neck) else 1.7
    below = (rows - bottom) / eyes + 0.12
    dip = 0.34 * np.clip(1 - (aside / 0.85) ** 2, 0, 1) ** 0.5
    shoulder = 0.5 * np.clip((np.abs(aside) - 0.9) / half, 0, 2) ** 2
    depth = below - dip - shoulder
    cloth = (depth > 0) & (np.abs(aside) < half + np.maximum(below, 0))
    shirt = _fabric(picture, depth, eyes)
    soft = cv2.GaussianBlur(cloth.astype(np.float32), (0, 0), 1.2)[:, :, None]
    skin = cv2.GaussianBlur(picture, (0, 0), 9)
    shown = np.where((rows > bottom - 4)[:, :, None], skin, picture)
    return (shown * (1 - soft) + shirt * soft).astype(np.uint8), (person | cloth)


def _fabric(picture: np.ndarray, depth: np.ndarray, eyes: float) -> np.ndarray:
    """Knitted, with a hem along the neck and folds; every portrait has its own colour."""
    draw = np.random.default_rng(int(picture[::7, ::7].sum()))
    colour = np.array(SHIRTS[draw.integers(len(SHIRTS))], np.float32)
    fine = cv2.GaussianBlur(draw.normal(0, 1, depth.shape).astype(np.float32), (0, 0), 1.0)
    folds = cv2.GaussianBlur(draw.normal(0, 1, depth.shape).astype(np.float32), (0, 0), 0.4 * eyes)
    shade = 1 + 0.02 * fine / fine.std() + 0.025 * folds / folds.std()
    hem = 1 - 0.35 * np.exp(-(((depth - 0.11) / 0.012) ** 2)) - 0.3 * np.exp(-((depth / 0.03) ** 2))
    return np.clip(colour * (shade * hem)[:, :, None], 0, 255)
