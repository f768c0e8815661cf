"""A selfie and the frames of its head turns, as they are kept."""

from django.utils.translation import gettext_lazy as _

from registration.errors import Refused
from verification.images import reencode

MAX_FRAMES = 8


def clean_pictures(
    selfie: bytes, frames: list[bytes], frame_times: list[int]
) -> tuple[bytes, list[bytes]]:
    """Both encoded anew, without what else a file can carry.

    Raises Refused for frames that did not arrive whole, verification.images.BadImage for what is no
    picture. `frame_times` are milliseconds since the first frame.
    """
    if len(frames) > MAX_FRAMES or len(frames) != len(frame_times):
        raise Refused("bad_frames", _("The pictures did not arrive whole. Please try again."))
    return reencode(selfie, max_side=1600), [reencode(frame, max_side=640) for frame in frames]
