"""Fingers that lie over a card's edge, as people hold one before a lens."""

import cv2
import numpy as np

SKINS = ((208, 160, 132), (186, 134, 104), (160, 108, 80), (224, 182, 158), (122, 80, 60))
NAIL = np.array((226, 190, 180), np.float32)
# Where a finger comes from and how far it reaches in, as shares of the card's width and height:
# first and last place along the edge, which edge, reach. No field is printed there.
SPOTS = ((0.30, 0.90, "left", 0.070), (0.33, 0.45, "right", 0.10), (0.02, 0.08, "bottom", 0.06),
         (0.02, 0.12, "top", 0.07), (0.70, 0.75, "bottom", 0.02))  # fmt: skip
THICK = (0.075, 0.10)  # half a finger, as a share of the card's width
FROM = {"left": (-0.6, 0.25), "right": (0.6, 0.2), "bottom": (-0.1, 0.7), "top": (-0.1, -0.6)}


def lay_fingers(
    photo: np.ndarray, corners: np.ndarray, count: int, draw: np.random.Generator
) -> None:
    """Draw `count` fingers over a photo (H x W x 3 float32) of a card with these corners."""
    skin = np.array(SKINS[draw.integers(len(SKINS))], np.float32)
    for place in draw.permutation(len(SPOTS))[:count]:
        first, last, edge, reach = SPOTS[place]
        along = draw.uniform(first, last)
        tip = _on_card(edge, along, draw.uniform(0.5, 1) * reach)
        root = np.array(tip) + FROM[edge] + draw.uniform(-0.1, 0.1, 2)
        flat = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
        view = cv2.getPerspectiveTransform(flat, corners)
        ends = cv2.perspectiveTransform(np.array([[tip, root]], np.float32), view)[0]
        wide = float(np.linalg.norm(corners[1] - corners[0]) * draw.uniform(*THICK))
        _finger(photo, ends, wide, skin, draw)


def _on_card(edge: str, along: float, reach: float) -> tuple[float, float]:
    return {"left": (reach, along), "right": (1 - reach, along),
            "bottom": (along, 1 - reach), "top": (along, reach)}[edge]  # fmt: skip


def _finger(
    photo: np.ndarray, ends: np.ndarray, wide: float, skin: np.ndarray, draw: np.random.Generator
) -> None:
    """A round limb from `ends[1]` to its tip, darker at its sides, with a nail."""
    height, width = photo.shape[:2]
    way = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    centre = ends[0] + way * wide
    limb = np.zeros((height, width), np.uint8)
    points = np.round(np.array([centre, ends[1]]) * 4).astype(np.int32)
    cv2.line(limb, points[0].tolist(), points[1].tolist(), 255, round(2 * wide), cv2.LINE_AA, 2)
    rows, columns = np.nonzero(limb)
    if not len(rows):
        return
    room = round(wide)
    top, left = max(0, rows.min() - room), max(0, columns.min() - room)
    part = (slice(top, rows.max() + room), slice(left, columns.max() + room))
    limb, seen = limb[part], photo[part]
    depth = cv2.distanceTransform((limb > 127).astype(np.uint8), cv2.DIST_L2, 3) / wide  # noqa: PLR2004 - inside
    shade = 0.50 + 0.52 * np.sqrt(np.clip(depth * (2 - depth), 0, 1))
    flesh = skin * shade[..., None] + 2.5 * draw.standard_normal((*limb.shape, 1), np.float32)
    nail = np.zeros_like(limb)
    spot = centre - way * 0.25 * wide - (left, top)
    angle = float(np.degrees(np.arctan2(way[1], way[0])))
    axes = (round(0.55 * wide), round(0.42 * wide))
    cv2.ellipse(
        nail, np.round(spot).astype(int).tolist(), axes, angle, 0, 360, 255, -1, cv2.LINE_AA
    )
    soft = cv2.GaussianBlur(nail, (0, 0), 0.04 * wide)[..., None] / np.float32(255)
    flesh += 0.55 * soft * (NAIL * shade[..., None] - flesh)
    shadow = cv2.GaussianBlur(limb, (0, 0), 0.2 * wide)[..., None] / np.float32(255)
    cover = cv2.GaussianBlur(limb, (0, 0), 0.02 * wide + 0.5)[..., None] / np.float32(255)
    seen *= 1 - 0.35 * shadow
    seen += cover * (flesh - seen)
