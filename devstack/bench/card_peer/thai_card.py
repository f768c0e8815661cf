"""Reads a folder of front-*.jpg and back-*.jpg with ThaiPersonalCardExtract, prints JSON.

Runs in an environment of its own (requirements.txt beside it): thai_card.py FOLDER TESSDATA

It calls the program `tesseract`; here tesserocr does the same by the library, with the options it
gives. easyocr and pylibdmtx, which it imports and by this provider never calls, are empty names.
"""

import json
import shlex
import sys
import time
import types
from pathlib import Path

import tesserocr
from PIL import Image

FOLDER, TESSDATA = Path(sys.argv[1]), sys.argv[2]


def image_to_string(picture: object, *, lang: str, config: str) -> str:
    words = shlex.split(config)
    options = dict(zip(words[::2], words[1::2], strict=False))
    mode = int(options.get("--psm", 3))
    with tesserocr.PyTessBaseAPI(path=TESSDATA, lang=lang, psm=mode, oem=1) as api:
        name, _equals, value = options.get("-c", "").partition("=")
        if name:
            api.SetVariable(name, value)
        api.SetImage(Image.fromarray(picture))
        return api.GetUTF8Text()


def module(name: str, **content: object) -> None:
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(content)


module("easyocr", Reader=None)
module("pylibdmtx", pylibdmtx=None)
module("pylibdmtx.pylibdmtx", decode=None)
module("pytesseract", image_to_string=image_to_string)

from ThaiPersonalCardExtract.PersonalCard.PersonalCard import PersonalCard  # noqa: E402 - names
from ThaiPersonalCardExtract.utils import Provider  # noqa: E402 - the same


def read(reader: PersonalCard, path: Path) -> dict:
    """All it says of a photo in one text, and the CPU seconds it took; no text where it fails."""
    side = path.name.partition("-")[0]
    began = time.process_time()
    try:
        card = getattr(reader, f"extract_{side}_info")(str(path))
    except Exception as error:  # noqa: BLE001 - it raises whatever OpenCV does
        card = {}
        print(f"{path.name}: {error}", file=sys.stderr)
    text = "\n".join(card._asdict().values()) if card else ""
    return {"name": path.name, "text": text, "seconds": time.process_time() - began}


if __name__ == "__main__":
    paths = sorted(FOLDER.glob("*.jpg"))
    print(json.dumps([read(PersonalCard(provider=Provider.TESSERACT), path) for path in paths]))
