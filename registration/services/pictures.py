"""A selfie and the frames of its head turns, as they are kept."""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from registration.errors import Refused
from verification.faces.challenge import SHORTEST_MS
from verification.images import reencode

MAX_FRAMES = 30
LONGEST_MS = 600_000  # longer than any challenge is open
NOT_WHOLE = _("The pictures did not arrive whole. Please try again.")
TOO_CLOSE = _("The pictures of the movements follow each other too fast. Please try again.")


@dataclass(frozen=True)
class HandedIn:
    """Selfie and frames encoded anew, without what else a file can carry; `times` are milliseconds
    since the first frame, `digests` the SHA-256 (hex) of the frames as they came.
    """

    selfie: bytes
    frames: list[bytes]
    times: list[int]
    digests: list[str]


def clean_pictures(selfie: bytes, frames: list[bytes], frame_times: list[int]) -> HandedIn:
    """Raises Refused for frames that did not arrive whole or of which no challenge could be judged,
    verification.images.BadImage for what is no picture.
    """
    if len(frames) > MAX_FRAMES or len(frames) != len(frame_times):
        raise Refused("bad_frames", NOT_WHOLE)
    if not all(0 <= time <= LONGEST_MS for time in frame_times):
        raise Refused("bad_frames", NOT_WHOLE)
    if any(later - earlier < SHORTEST_MS for earlier, later in pairwise(frame_times)):
        raise Refused("bad_frames", TOO_CLOSE)
    return HandedIn(
        selfie=reencode(selfie, max_side=1600),
        frames=[reencode(frame, max_side=640) for frame in frames],
        times=frame_times,
        digests=[hashlib.sha256(frame).hexdigest() for frame in frames],
    )
