"""A person before the plain light ground of a card's portrait, found by GrabCut."""

import cv2
import numpy as np

from verification.faces.detection import Face

GROUND = np.array([222, 234, 242], np.float32)
SHRINK = 0.5  # GrabCut's work grows with the pixels; hair needs no more than these
ROUNDS = 4


def before_plain_ground(picture: np.ndarray, face: Face) -> np.ndarray:
    """The picture (H x W x 3 uint8 RGB) with what is not the person replaced by GROUND."""
    cover = person_in(picture, face)[:, :, None]
    return (picture * cover + GROUND * (1 - cover)).astype(np.uint8)


def person_in(picture: np.ndarray, face: Face, *, shrink: float = SHRINK) -> np.ndarray:
    """H x W float32: 1 on the person, 0 on what is behind, between them on the outline."""
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    guess = _guess(small.shape[:2], np.array(face.box[:4]) * shrink)
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, guess, None, *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
    person = _largest(np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8))
    size = picture.shape[1], picture.shape[0]
    soft = cv2.GaussianBlur(cv2.resize(person.astype(np.float32), size), (0, 0), 2)
    cover: np.ndarray = np.clip((soft - 0.25) / 0.6, 0, 1)
    return cover


def _guess(shape: tuple[int, int], box: np.ndarray) -> np.ndarray:
    """Face and neck are the person's, hair and shoulders perhaps, the upper borders are not."""
    height, width = shape
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    middle = (int((left + right) / 2), int((top + bottom) / 2))
    guess = np.full(shape, cv2.GC_PR_BGD, np.uint8)
    border = max(3, width // 40)
    guess[: height // 2, :border] = guess[: height // 2, -border:] = cv2.GC_BGD
    for label, reach, shoulders in (
        (cv2.GC_PR_FGD, 0.85, (0.45, 1.1)),
        (cv2.GC_FGD, 0.45, (0.25, 0.5)),
    ):
        axes = int(reach * across), int((reach + 0.05) * down)
        cv2.ellipse(guess, middle, axes, 0, 0, 360, label, -1)
        neck, foot = (share * across for share in shoulders)
        chin, x = bottom - 0.1 * down, middle[0]
        body = [(x - neck, chin), (x + neck, chin), (x + foot, height), (x - foot, height)]
        cv2.fillPoly(guess, [np.array(body, np.int32)], label)
    return guess


def _largest(mask: np.ndarray) -> np.ndarray:
    """Its largest part, small holes closed."""
    _, parts, sizes, _ = cv2.connectedComponentsWithStats(mask)
    alone = (parts == 1 + sizes[1:, cv2.CC_STAT_AREA].argmax()).astype(np.uint8)
    return cv2.morphologyEx(alone, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
