"""How often a line is right of which the recogniser says that it is so likely.

`confidence.json` has two curves: for lines that Tesseract reads otherwise, or was not asked about,
and for those that it agrees on. They were fitted by isotonic regression on lines that nothing was
trained on (`manage.py measure_lines --fit`), and docs/calibration.md shows how they hold on others.
"""

import json
from pathlib import Path

import numpy as np

CURVES = json.loads((Path(__file__).parent / "confidence.json").read_text("utf-8"))


def likelihood(said: float, *, agreed: bool) -> float:
    """0 to 1, rising with `said`, 0 to 1: what the network takes the line for."""
    curve = CURVES["agreed" if agreed else "alone"]
    return float(np.interp(said, curve["said"], curve["right"]))
