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
ALTERNATIVES = ("eng", "tha")
LOOKALIKES = ({"ุ", "ู"}, {"i", "l"})
CLEARLY = 22.0


class Text(NamedTuple):
    """What was read, how sure Tesseract is, 0 to 1, and whether a letter may be another."""

    text: str
    confidence: float
    unsure: bool = False


def read_line(line: Grey, language: str) -> Text:
    """Read one line: H x W uint8, black on white."""
    if (line < np.uint8(128)).mean() < EMPTY_SHARE:
        return Text("", 0.0)
    api = _reader(language)
    api.SetImage(Image.fromarray(line))
    text = " ".join(api.GetUTF8Text().split())
    trust = api.MeanTextConf() / 100 if text else 0.0
    return Text(text, trust, language in ALTERNATIVES and _nearly_another(api))


def _nearly_another(api: tesserocr.PyTessBaseAPI) -> bool:
    """Whether a letter was told from its lookalike by less than CLEARLY.

    Each letter comes with what else it might be, and what that costs: the less likely, the more.
    """
    letters = (choices for word in api.GetBestLSTMSymbolChoices() for choices in word)
    return any(
        cost - choices[0][1] < CLEARLY
        for choices in letters
        for other, cost in choices[1:]
        if {choices[0][0], other} in LOOKALIKES
    )


def read_words(words: list[Grey], language: str) -> Text:
    """Read words one by one and join them; as sure as the least sure of them."""
    read = [text for text in (read_line(word, language) for word in words) if text.text]
    joined = " ".join(text.text.replace(" ", "") for text in read)
    return Text(
        joined,
        min((text.confidence for text in read), default=0.0),
        any(text.unsure for text in read),
    )


@cache
def _reader(language: str) -> tesserocr.PyTessBaseAPI:
    api = tesserocr.PyTessBaseAPI(
        path=str(Path(settings.MODELS_DIR) / "tessdata"),
        lang=TRAINED[language],
        psm=tesserocr.PSM.SINGLE_LINE,  # type: ignore[arg-type]  # its stubs give no value
        oem=tesserocr.OEM.LSTM_ONLY,  # type: ignore[arg-type]  # the same
    )
    if language in ALTERNATIVES:
        api.SetVariable("lstm_choice_mode", "2")
    if language in WHITELISTS:
        api.SetVariable("tessedit_char_whitelist", WHITELISTS[language])
    return api
