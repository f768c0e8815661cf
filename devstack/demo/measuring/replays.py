"""A recorded session of an honest person, verified and never finished, handed in again elsewhere.

The worst case: the recording is whole, there is one of every step that can be asked for, and number
and data are known. What is handed in is the same or made over: a copy need not have its bytes.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

import cv2
import numpy as np
from django.db import transaction

from devstack.demo.measuring.whole_way import (
    CardUnread,
    Subject,
    show_face,
    show_own_face,
    subjects,
    to_selfie,
)
from devstack.demo.register import enter_in_register
from registration.models import Finding
from registration.states import State
from verification.findings import Check
from verification.images import decode, encode

SMALLER = 0.9
CUT_OFF = 0.02  # of each side
TURNED = 2.0  # degrees
Copy = Callable[[bytes], bytes]


def saved_again(picture: bytes) -> bytes:
    return encode(decode(picture), quality=60)


def smaller(picture: bytes) -> bytes:
    return encode(cv2.resize(decode(picture), None, fx=SMALLER, fy=SMALLER))


def cut_off(picture: bytes) -> bytes:
    pixels = decode(picture)
    high, wide = (round(CUT_OFF * side) for side in pixels.shape[:2])
    return encode(np.ascontiguousarray(pixels[high:-high, wide:-wide]))


def turned(picture: bytes) -> bytes:
    pixels = decode(picture)
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), TURNED, 1)
    return encode(cv2.warpAffine(pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE))


COPIES: dict[str, Copy] = {
    "the same bytes": bytes,
    "saved again at quality 60": saved_again,
    f"{SMALLER} times as large": smaller,
    f"{CUT_OFF:.0%} cut off on each side": cut_off,
    f"turned by {TURNED:g} degrees": turned,
}
HOLDER = "new pictures of the same person"
MADE_OVER = COPIES | {HOLDER: bytes}
LATER = 50  # added to a seed


@dataclass(frozen=True)
class Replay:
    """What became of it, and whether the pictures were known by their prints."""

    copy: str
    attested: bool
    state: State
    seen: bool


def replays(count: int) -> Iterator[Replay]:
    """Of each of `count` people all copies, by an app and by nobody; each is undone."""
    for victim in islice(subjects(), count):
        with suppress(CardUnread), transaction.atomic():
            enter_in_register([victim.person])
            if show_own_face(to_selfie(victim), victim, attested=True) == State.VERIFIED:
                for copy in MADE_OVER:
                    for attested in (True, False):
                        yield _undone(victim, copy, attested=attested)
            transaction.set_rollback(True)


def _undone(victim: Subject, copy: str, *, attested: bool) -> Replay:
    with transaction.atomic():
        app, made_over = to_selfie(victim), MADE_OVER[copy]
        moved = LATER if copy == HOLDER else 0
        pictures = replace(victim, seed=victim.seed + moved).pictures
        selfie = made_over(pictures.selfie(victim.face, ""))

        def film(step: str) -> list[bytes]:
            return [made_over(frame) for frame in pictures.burst(victim.face, "", step)]

        state = show_face(app, selfie, film, attested=attested)
        own = Finding.objects.filter(enrollment__reference=app.state["reference"])
        seen = own.filter(check_name=Check.FRESH_PICTURES, outcome="failed").exists()
        transaction.set_rollback(True)
    return Replay(copy, attested, state, seen)
