"""Separates the card's writing from its ground, black from blue, and cuts lines out."""

import cv2
import numpy as np

from verification.cards.layout import HEIGHT, WIDTH, Line
from verification.images.arrays import Grey, Mask, Picture, Raster

WRITING = (
    0.20,
    0.85,
)  # of the ground's brightness: wholly ink below the one, paper above the other
CORE = 160  # of stretched ink: darker is a letter, not its blurred edge
# How much blue a blob takes from the light against how much red: black ink as much of both, the
# labels' blue ink about two thirds. Blur and thin strokes change the darkness, but not that.
BLACKISH = (0.80, 1.5)
SMALL_MARK = 60  # pixels; a smaller blob's colour drowns in JPEG's, so its neighbours' counts
NEIGHBOURHOOD = (31, 21)
LETTER_SIDE = (8, 50)  # pixels
# Of the letters' size: room for two marks above Thai letters, and for a vowel below.
ABOVE, ABOVE_THAI, BELOW = 1.0, 1.28, 0.44
GAP = 0.22  # of the letters' size; letters of a word stand closer
FAR, STROKE = 0.75, 0.4  # of the letters' size: how far away, how narrow
SEARCH = 0.65  # of the letters' size: how far up and down a line is looked for
HANGING = 0.3
EDGE = 200
LINE_HEIGHT = 64  # pixels of a line as Tesseract reads it best
PAPER = 255


class Ink:
    """A straight card's writing (HEIGHT x WIDTH uint8, black on white): all of it, or black alone.

    Everything is measured against the brightest nearby, in whatever light. Outside `rows` nothing
    is told to be black.
    """

    def __init__(self, card: Picture, *, rows: slice = slice(None)) -> None:
        share = cv2.divide(card, _ground(card), scale=PAPER)
        self.all = _stretched(cv2.cvtColor(share, cv2.COLOR_RGB2GRAY))
        self.black = np.full_like(self.all, PAPER)
        coloured = _coloured(np.ascontiguousarray(share[rows]), self.all[rows])
        self.black[rows] = np.where(coloured, np.uint8(PAPER), self.all[rows])

    def blue_letters(self) -> int:
        """How many letters there are in the labels' blue: a card has a hundred, a face few."""
        return _letters(self.all) - _letters(self.black)


def _letters(ink: Grey) -> int:
    _, _, boxes, _ = cv2.connectedComponentsWithStats((ink < CORE).astype(np.uint8))
    wide, high = boxes[1:, cv2.CC_STAT_WIDTH], boxes[1:, cv2.CC_STAT_HEIGHT]
    least, most = LETTER_SIDE
    return int(((high > least) & (high < most) & (wide < most)).sum())


def _ground(card: Picture) -> Raster:
    """The card as it would be without writing."""
    near = cv2.resize(card, (WIDTH // 4, HEIGHT // 4), interpolation=cv2.INTER_AREA)
    bright = cv2.GaussianBlur(cv2.dilate(near, np.ones((15, 15), np.uint8)), (0, 0), 9)
    return np.maximum(cv2.resize(bright, (WIDTH, HEIGHT)), 1)


def _stretched(share: Raster) -> Grey:
    steps = np.arange(PAPER + 1) / PAPER
    table = np.clip((steps - WRITING[0]) / (WRITING[1] - WRITING[0]), 0, 1) * PAPER
    return np.asarray(cv2.LUT(share, table.astype(np.uint8)), np.uint8)


def _coloured(share: Raster, ink: Grey) -> Mask:
    """Where blobs of ink are blue or red, with their soft edges. H x W bool."""
    letters = (ink < CORE).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(letters)
    at = np.flatnonzero(letters)
    blob, sums = labels.ravel()[at], []
    for channel in (0, 2):
        taken = (PAPER - share[:, :, channel]) * letters
        own = np.bincount(blob, taken.ravel()[at], count)
        near = np.bincount(blob, cv2.blur(taken, NEIGHBOURHOOD).ravel()[at], count)
        sums.append(np.where(boxes[:, cv2.CC_STAT_AREA] < SMALL_MARK, near, own))
    ratio = sums[1] / np.maximum(sums[0], 1)
    coloured = ((ratio < BLACKISH[0]) | (ratio > BLACKISH[1])).astype(np.uint8)
    coloured[0] = 0
    found = coloured[labels]
    kept = cv2.dilate(letters & (1 - found), np.ones((3, 3), np.uint8)) > 0
    return (cv2.dilate(found, np.ones((7, 7), np.uint8)) > 0) & ~kept


def cut_line(ink: Grey, line: Line, *, high: int = LINE_HEIGHT) -> Grey:
    """One line of writing, `high` pixels high, with white around it.

    The line is looked for near its place, where the ink falls off below the letters.
    """
    left, right = round(line.left * WIDTH), round(line.right * WIDTH)
    baseline = _true_baseline(ink[:, left:right], line)
    size = line.size * HEIGHT
    above = ABOVE_THAI if line.language == "tha" else ABOVE
    top, bottom = round(baseline - above * size), round(baseline + BELOW * size)
    part = _without_neighbours(ink[max(0, top) : bottom, left:right])
    scale = high / part.shape[0]
    grown = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return _framed(_trimmed(grown, letter=high / (above + BELOW)))


def cut_words(ink: Grey, line: Line) -> list[Grey]:
    """The words of a line, parted where the ink leaves a gap; Tesseract misses or invents some."""
    whole = cut_line(ink, line)
    above = ABOVE_THAI if line.language == "tha" else ABOVE
    gap = GAP * LINE_HEIGHT / (above + BELOW)
    return [_framed(whole[:, start:end], above=0) for start, end in _groups(whole, gap=gap)]


def _true_baseline(strip: Grey, line: Line) -> float:
    """Where the letters stand: the steepest fall of ink near the expected place."""
    expected, size = line.baseline * HEIGHT, line.size * HEIGHT
    first = max(0, round(expected - SEARCH * size))
    near = PAPER - strip[first : round(expected + SEARCH * size)]
    rows = cv2.reduce(near, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel()
    if rows.max() < PAPER:
        return expected
    smooth = np.convolve(rows, np.ones(5) / 5, mode="same")
    fall = smooth[:-6] - smooth[6:]
    away = np.abs(np.arange(len(fall)) + 3 + first - expected) / size
    return float(np.argmax(fall * (1 - 0.8 * away))) + 3 + first


def _without_neighbours(part: Grey) -> Grey:
    """Whiten what hangs in from the lines above and below: small blobs at either edge."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats((part < EDGE).astype(np.uint8))
    kept = part.copy()
    for blob in range(1, count):
        top, height = boxes[blob, cv2.CC_STAT_TOP], boxes[blob, cv2.CC_STAT_HEIGHT]
        at_edge = top == 0 or top + height == part.shape[0]
        if at_edge and height < HANGING * part.shape[0]:
            kept[labels == blob] = PAPER
    return kept


def _trimmed(line: Raster, *, letter: float) -> Raster:
    """Without the empty columns at both ends, nor a lone stroke that stands far from the rest."""
    groups = _groups(line, gap=FAR * letter)
    if len(groups) > 1 and groups[0][1] - groups[0][0] < STROKE * letter:
        groups = groups[1:]
    if len(groups) > 1 and groups[-1][1] - groups[-1][0] < STROKE * letter:
        groups = groups[:-1]
    return line[:, groups[0][0] : groups[-1][1]] if groups else line[:, :LINE_HEIGHT]


def _groups(line: Raster, *, gap: float) -> list[tuple[int, int]]:
    """From which column to which there is ink without a gap as wide as `gap`."""
    columns = np.flatnonzero((line < PAPER // 2).any(axis=0))
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > gap) + 1)
    return [(int(part[0]), int(part[-1]) + 1) for part in parts if len(part)]


def _framed(writing: Raster, *, above: int = 10) -> Grey:
    framed = cv2.copyMakeBorder(writing, above, above, 14, 14, cv2.BORDER_CONSTANT, value=PAPER)
    return np.asarray(framed, np.uint8)
