"""An impostor who has photos of the victim's card and no other picture of them, through the API.

The worst case: number and data are known, and an app that was taken over vouches for pictures that
no camera took. The selfie is the portrait out of another photo of the card, enlarged and dressed
up; the head turns are warps of it. Asked for another picture, the impostor dresses it otherwise.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import cv2
import numpy as np
from django.db import transaction

from devstack.demo.measuring.warps import WARPS, turned_to
from devstack.demo.measuring.warps.head import Head
from devstack.demo.measuring.whole_way import (
    CardUnread,
    Subject,
    show_face,
    show_own_face,
    subjects,
    to_selfie,
)
from devstack.demo.register import enter_in_register
from devstack.demo.specimens.turning import turned
from registration.models import Enrollment, Finding
from registration.states import State
from verification.cards import read_front
from verification.faces.engine import find_faces
from verification.findings import Check
from verification.images import decode, encode

PASSWORD = "ฝนตกที่ทะเล-2566"  # noqa: S105 - a sample person's
WIDE, MARGIN = 480, 120  # pixels of the enlarged portrait, and of wall around it
REACHED = (0.10, 0.20, 0.30)  # Pose.turn of a burst's frames after the first
LIFTED, CLOSER = 0.35, 1.35
TRIES = 3
GRAIN = 1.5  # grey levels, new in each frame
ANOTHER = 50  # added to a seed: another photo of the same card

Dress = Callable[[np.ndarray], np.ndarray]


def from_the_side(picture: np.ndarray) -> np.ndarray:
    return _clipped(picture * np.linspace(0.55, 1.15, picture.shape[1])[None, :, None])


def grained(picture: np.ndarray) -> np.ndarray:
    return _clipped(picture + np.random.default_rng(1).normal(0, 8, picture.shape))


def contrasted(picture: np.ndarray) -> np.ndarray:
    """Local contrast (CLAHE), which a print of a card lacks."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(3.0, (8, 8)).apply(lab[..., 0])
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


DRESSES: dict[str, Dress] = {
    "as it is": np.copy,
    "light from a side": from_the_side,
    "grain": grained,
    "local contrast": contrasted,
}


def portrait_of(victim: Subject) -> np.ndarray:
    """H x W x 3 uint8 RGB: out of another photo of the card than the one handed in."""
    other = replace(victim, seed=victim.seed + ANOTHER).pictures
    cut = read_front(decode(other.card(victim.person, victim.face, "")[0])).portrait
    scale = WIDE / cut.shape[1]
    large = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(large, *[MARGIN] * 4, cv2.BORDER_REPLICATE)


@dataclass(frozen=True)
class Attempt:
    """What became of it after so many pictures, and which checks the last of them passed."""

    renewal: bool
    attested: bool
    warp: str
    state: str
    pictures: int
    passed: frozenset[str]

    @property
    def got_through(self) -> bool:
        """Without an officer."""
        return self.state == State.VERIFIED


def attempts(count: int) -> Iterator[Attempt]:
    """`count` new registrations and as many renewals, by app and without; each is undone."""
    for place, victim in enumerate(islice(subjects(), count)):
        warp = list(WARPS)[place % len(WARPS)]
        for renewal in (False, True):
            with suppress(CardUnread), transaction.atomic():
                enter_in_register([victim.person])
                if renewal:
                    _register(victim)
                for attested in (True, False):
                    yield _undone(victim, warp, renewal=renewal, attested=attested)
                transaction.set_rollback(True)


def _undone(victim: Subject, warp: str, *, renewal: bool, attested: bool) -> Attempt:
    with transaction.atomic():
        made = _attack(victim, warp, renewal=renewal, attested=attested)
        transaction.set_rollback(True)
    return made


def _attack(victim: Subject, warp: str, *, renewal: bool, attested: bool) -> Attempt:
    app = to_selfie(victim, renewal=renewal)
    picture = portrait_of(victim)
    pictures, first = 0, victim.seed // 100
    for pictures in range(1, TRIES + 1):
        shown = list(DRESSES.values())[(first + pictures) % len(DRESSES)](picture)
        film = partial(bent, shown, warp)
        if show_face(app, encode(shown), film, attested=attested) != State.RETAKE:
            break
    enrollment = Enrollment.objects.get(reference=app.state["reference"])
    found = Finding.objects.filter(enrollment=enrollment, attempt=enrollment.selfie_attempts)
    passed = frozenset(one.check_name for one in found if one.outcome == "passed")
    return Attempt(renewal, attested, warp, app.state["state"], pictures, passed & LOOKED_AT)


LOOKED_AT = frozenset({Check.FACE_MATCH, Check.LIVENESS, Check.OWN_PICTURE, Check.SOLID})


def bent(picture: np.ndarray, warp: str, step: str) -> list[bytes]:
    """JPEG frames from straight ahead to the end of the step."""
    head = Head(picture, find_faces(picture)[0])
    shares = np.linspace(0, 1, len(REACHED) + 1)[1:]
    if step in ("turn_left", "turn_right"):
        side = 1 if step == "turn_left" else -1
        made = [turned_to(WARPS[warp], head, side * turn) for turn in REACHED]
    elif step == "look_up":
        made = [turned(picture, head.face, upwards=LIFTED * share) for share in shares]
    else:
        made = [turned(picture, head.face, closer=1 + (CLOSER - 1) * share) for share in shares]
    draw = np.random.default_rng([len(step), ord(step[-1])])  # no frame comes twice
    return [encode(_clipped(one + draw.normal(0, GRAIN, one.shape))) for one in (picture, *made)]


def _register(victim: Subject) -> None:
    """The victim's own registration, to its end, so that there is something to take over."""
    app = to_selfie(victim)
    if show_own_face(app, victim, attested=True) == State.VERIFIED:
        app.choose_password(PASSWORD)
        app.consent(PASSWORD)


def _clipped(picture: np.ndarray) -> np.ndarray:
    return np.clip(np.round(picture), 0, 255).astype(np.uint8)
