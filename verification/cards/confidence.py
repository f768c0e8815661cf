"""How often a line is right of which the recogniser says that it is so likely.

`confidence.json` has two curves: for lines that Tesseract reads otherwise, or was not asked about,
and for those that it agrees on. They are histograms that never fall, of lines that nothing was
trained on (`manage.py measure_lines --fit`); docs/calibration.md shows how they hold on others.
"""

import json
from pathlib import Path

import numpy as np

FITTED = Path(__file__).parent / "confidence.json"
CURVES = json.loads(FITTED.read_text("utf-8"))


def likelihood(said: float, *, agreed: bool) -> float:
    """0 to 1, rising with `said`, 0 to 1: what the network takes the line for."""
    curve = CURVES["agreed" if agreed else "alone"]
    return float(np.interp(said, curve["said"], curve["right"]))
