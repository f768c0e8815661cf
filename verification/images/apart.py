"""Decoding WebP, AVIF and HEIF in a process of its own that ends with the picture.

Their decoders are large, in C and C++, and have been broken into by a picture more than once. What
goes wrong in one kills that process: the portal's own has refused a picture, and goes on.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from verification.images.errors import SENTENCES, BadImage
from verification.images.kinds import AVIF, HEIF, WEBP

KINDS = frozenset({WEBP, AVIF, HEIF})
DECODER = Path(__file__).with_name("decoder.py")
MAX_SECONDS = 20
MODES = frozenset({"L", "LA", "I;16", "RGB", "RGBA", "RGBX"})
LONGEST_HEAD = 256  # bytes


@dataclass(frozen=True)
class Decoded:
    """Size and orientation as stored, and the picture, scaled down to the side asked for."""

    size: tuple[int, int]
    orientation: int
    image: Image.Image


def decode_apart(data: bytes, kind: str, *, max_pixels: int, max_side: int) -> Decoded:
    """The picture in a file of one of KINDS, its first or primary one; a `max_side` of 0 decodes
    nothing, the image is then one pixel.

    Raises BadImage: too_many_pixels, unsupported, truncated.
    """
    command = [sys.executable, "-I", "-B", str(DECODER), kind, str(max_pixels), str(max_side)]
    with os.fdopen(os.memfd_create("picture"), "w+b") as answer:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, and nothing of the sender's in it
                command, input=data, stdout=answer, stderr=subprocess.DEVNULL,
                env={}, cwd="/", timeout=MAX_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise BadImage("truncated") from error
        if done.returncode:
            raise BadImage("truncated")
        answer.seek(0)
        head, pixels = answer.readline(LONGEST_HEAD), answer.read()
        return _understood(head, pixels, max_side=max_side or 1)


def _understood(head: bytes, pixels: bytes, *, max_side: int) -> Decoded:
    """The decoder's answer. It may have been taken over, so its word is checked, too: before any
    memory is taken for a picture of the size that it says.
    """
    try:
        said = json.loads(head)
        if "refused" in said:
            raise BadImage(said["refused"] if said["refused"] in SENTENCES else "truncated")
        width, height, orientation = (int(said[key]) for key in ("width", "height", "orientation"))
        across, down = (int(side) for side in said["scaled"])
        if said["mode"] not in MODES or min(across, down) < 1 or max(across, down) > max_side:
            raise BadImage("truncated")
        image = Image.frombytes(said["mode"], (across, down), pixels)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise BadImage("truncated") from error
    return Decoded((width, height), orientation, image)
