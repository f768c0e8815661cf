"""How likely a line is right, by how sure the recogniser is of its weakest letter.

`confidence.json` has two curves: for lines that Tesseract reads otherwise, or was not asked about,
and for those that it agrees on. They were fitted by isotonic regression on lines that nothing was
trained on (`manage.py measure_lines --fit`), and docs/calibration.md shows how they hold on others.
"""

import json
from pathlib import Path

import numpy as np

CURVES = json.loads((Path(__file__).parent / "confidence.json").read_text("utf-8"))


def likelihood(weakest: float, *, agreed: bool) -> float:
    """0 to 1, rising with `weakest`, 0 to 1."""
    curve = CURVES["agreed" if agreed else "alone"]
    return float(np.interp(weakest, curve["weakest"], curve["right"]))
