"""How the pictures of a face came to the portal, as far as it can know. Pure.

An app that its platform vouches for is believed to have taken them; a browser can only say so, and
whoever can say so can lie: what it says of itself may count against it and never for it.
"""

import hashlib
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

EVEN_GAPS = 5  # at the least; a burst of three has two
VIRTUAL = ("virtual", "obs", "manycam", "snap camera", "xsplit", "v4l2", "loopback", "fake_device",
           "droidcam", "iriun", "ndi", "dummy", "sample camera")  # fmt: skip


class Assurance(StrEnum):
    ATTESTED = "attested"  # by an app that App Store or Play vouch for, on this device
    LIVE = "live"  # by a browser's camera, which nobody vouches for
    UNATTESTED = "unattested"  # out of a file, or through the API without a word on where from


class Sign(StrEnum):
    """What speaks against a camera. The codes are stored with findings."""

    FILE = "file"  # or a press of the shutter: without head turns nobody can tell
    VIRTUAL_CAMERA = "virtual_camera"
    NAMELESS_CAMERA = "nameless_camera"  # of one that may be used, browsers know the name
    EVEN_TIMES = "even_times"  # of the frames: nobody waited for the portal's answer in between
    UNKNOWN_APP = "unknown_app"
    SAME_GRAIN = "same_grain"  # the turned frames have the straight one's finest detail
    OTHER_LIGHT = "other_light"  # the face was not lit by the colours that the screen showed


# By the portal; the others are what was said.
SEEN_IN_FRAMES = frozenset({Sign.SAME_GRAIN, Sign.OTHER_LIGHT})
# Whether honest browsers show them is known of few.
SHADOWABLE = SEEN_IN_FRAMES | {Sign.NAMELESS_CAMERA, Sign.EVEN_TIMES}


class Light(StrEnum):
    """What a face shows of the colours of a screen. The codes are stored with findings."""

    NOT_ASKED = ""  # not drawn, or done without
    FOLLOWED = "followed"
    UNCLEAR = "unclear"  # a bright room, a moving head: nothing can be told
    OTHER = "other"  # a screen's light, of other colours
    SOMEBODY_ELSE = "somebody_else"


@dataclass(frozen=True)
class Seen:
    """What the frames themselves say: `grain` (verification.faces.solid) if a head turned, `light`
    (verification.faces.colours) with how well it `fits`, -1 to 1.
    """

    grain: float | None = None
    light: Light = Light.NOT_ASKED
    fits: float | None = None


@dataclass(frozen=True)
class Capture:
    """`drawn` says that chance sends this one to an officer, however good it is; signs that are
    `shadowed` are looked for and decide nothing.
    """

    assurance: Assurance = Assurance.UNATTESTED
    signs: tuple[Sign, ...] = ()
    drawn: bool = False
    shadowed: frozenset[Sign] = frozenset()


def of_browser(
    *,
    from_camera: bool,
    label: str,
    times: Sequence[int],
    known: frozenset[str],
    shadowed: frozenset[Sign],
) -> Capture:
    """What a browser says of its pictures. `label` is what it calls the camera, `times` are its
    milliseconds of the frames, `known` are virtual cameras that this system trusts. Signs that are
    `shadowed` are noted, and decide nothing.
    """
    if not from_camera:
        return Capture(signs=(Sign.FILE,))
    called = label.strip().casefold()
    seen = {
        Sign.VIRTUAL_CAMERA: any(name in called for name in VIRTUAL),
        Sign.NAMELESS_CAMERA: not called,
        Sign.EVEN_TIMES: _even(times),
    }
    signs = tuple(sign for sign, is_there in seen.items() if is_there)
    excused = shadowed | ({Sign.VIRTUAL_CAMERA} if called in known else set())
    return Capture(Assurance.UNATTESTED if {*signs} - excused else Assurance.LIVE, signs)


def _even(times: Sequence[int]) -> bool:
    """All of them as far apart, those before and after an answer of the portal as well: a program
    counted, where a page looks at a clock.
    """
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return len(gaps) >= EVEN_GAPS and len(set(gaps)) == 1


def is_drawn(subject: uuid.UUID, attempt: int, *, share: float, key: bytes) -> bool:
    """Whether chance sends an attempt to an officer: always the same answer, which nobody without
    the key knows before.
    """
    said = hmac.digest(key, b"%s:%d" % (subject.bytes, attempt), hashlib.sha256)
    return int.from_bytes(said[:8]) < share * 2**64
