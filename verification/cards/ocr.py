"""Tesseract, one instance an alphabet and process, on one thread (OMP_THREAD_LIMIT=1)."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tesserocr
from django.conf import settings
from PIL import Image

from verification.images.arrays import Grey

WHITELISTS = {
    "digits": "0123456789 ",
    "laser": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-",
}
TRAINED = {"digits": "eng", "laser": "eng", "eng": "eng", "tha": "tha"}
EMPTY_SHARE = 0.002


class Text(NamedTuple):
    """What was read, and how sure that is, 0 to 1; `letters`, spaces aside, how sure all is up to
    each of them, where that is known.
    """

    text: str
    confidence: float
    letters: tuple[float, ...] = ()

    def beginning(self, letters: int) -> float:
        """How sure the first so many letters are, spaces aside."""
        return self.letters[letters - 1] if 0 < letters <= len(self.letters) else self.confidence


def read_line(line: Grey, language: str) -> Text:
    """Read one line: H x W uint8, black on white."""
    if (line < np.uint8(128)).mean() < EMPTY_SHARE:
        return Text("", 0.0)
    api = _reader(language)
    api.SetImage(Image.fromarray(line))
    text = " ".join(api.GetUTF8Text().split())
    return Text(text, api.MeanTextConf() / 100 if text else 0.0)


@cache
def _reader(language: str) -> tesserocr.PyTessBaseAPI:
    api = tesserocr.PyTessBaseAPI(
        path=str(Path(settings.MODELS_DIR) / "tessdata"),
        lang=TRAINED[language],
        psm=tesserocr.PSM.SINGLE_LINE,  # type: ignore[arg-type]  # its stubs give no value
        oem=tesserocr.OEM.LSTM_ONLY,  # type: ignore[arg-type]  # the same
    )
    if language in WHITELISTS:
        api.SetVariable("tessedit_char_whitelist", WHITELISTS[language])
    return api
