"""A digital ID whose photo is of one of the drawn people, suspended, and its holder's selfies."""

import hashlib
import io
import time
import uuid
from functools import cache

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from audit.services import Actor
from identity import sessions
from identity.life import change_status
from identity.models import DigitalID
from registration.models import Enrollment, ResumeCheck
from registration.services import resuming
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.identity.factories import DeviceFactory, DigitalIDFactory, kept_portrait
from tests.walks import burst, face, portraits, selfie
from verification.capture import Assurance, Capture
from verification.faces import engine
from verification.faces.alignment import around_face
from verification.images import decode, encode, reencode
from verification.pictures_seen import prints_of, remember_pictures

HOLDER, STRANGER = 0, 1
CLERK = Actor.system("test")
LIVE = Capture(Assurance.LIVE)


@cache
def photo() -> bytes:
    """What activation cuts out of the verified selfie."""
    picture = decode(verified_selfie())
    return encode(around_face(picture, engine.find_faces(picture)[0].box))


@cache
def verified_selfie() -> bytes:
    return reencode(selfie(HOLDER), max_side=1600)


def suspended(reason: str = "device_lost", *, plain: bool = False) -> DigitalID:
    """`plain`: with a photo of nobody, where no face is looked at."""
    enrollment = EnrollmentFactory(state=State.ACTIVATED)
    digital_id = DigitalIDFactory(enrollment_id=enrollment.pk)
    mine = Enrollment.objects.filter(pk=enrollment.pk)
    mine.update(number_key=digital_id.number_key, digital_id=digital_id.pk)
    if not plain:
        digital_id.portrait = kept_portrait(photo())
        digital_id.save(update_fields=["portrait"])
        remember_pictures(prints_of(verified_selfie(), []), subject=enrollment.pk)
    return suspend(digital_id, reason)


def suspend(digital_id: DigitalID, reason: str = "device_lost") -> DigitalID:
    actor = Actor.citizen(digital_id.enrollment_id)
    return change_status(digital_id, "suspend", actor=actor, reason=reason)


def fresh(digital_id: DigitalID) -> DigitalID:
    return DigitalID.objects.get(pk=digital_id.pk)


def follow_turns(digital_id: DigitalID, film) -> tuple[uuid.UUID, list[bytes]]:
    """Settle each turn by what `film(step)` gives; the challenge, and all frames."""
    challenge, frames = resuming.ask_turns(digital_id), []
    while challenge.step:
        made = film(challenge.step)
        frames += made
        digests = [hashlib.sha256(frame).hexdigest() for frame in made]
        challenge = resuming.settle_turn(digital_id, challenge_id=challenge.pk, digests=digests)
    return challenge.pk, frames


def hand_in(
    digital_id: DigitalID,
    who: int = HOLDER,
    *,
    taking: int = 1,
    shown: bytes | None = None,
    capture: Capture = LIVE,
) -> ResumeCheck:
    """A selfie of `who`, or the picture that is `shown`, with the head turns of `who`."""
    challenge, frames = follow_turns(digital_id, lambda step: burst(who, step, taking=taking))
    return resuming.hand_in_resume(
        digital_id,
        selfie=shown or selfie(who, taking=taking),
        frames=frames,
        frame_times=[150 * place for place in range(len(frames))],
        challenge_id=challenge,
        capture=capture,
    )


def begun(digital_id: DigitalID) -> ResumeCheck:
    """A check that waits for its answer, without pictures."""
    standing = resuming.standing_of(digital_id)
    return ResumeCheck.objects.create(
        enrollment=standing.enrollment,
        number_key=digital_id.number_key,
        digital_id_key=digital_id.pk,
        suspended_at=standing.since,
    )


def fail(digital_id: DigitalID) -> None:
    resuming.decide_resume(begun(digital_id), facts=[])


def obstacle(digital_id: DigitalID) -> str:
    return resuming.standing_of(fresh(digital_id)).obstacle


def cleared(digital_id: DigitalID) -> None:
    change_status(digital_id, "resume", actor=CLERK, reason="cleared")


def suspended_anew(digital_id: DigitalID, reason: str) -> None:
    cleared(digital_id)
    suspend(fresh(digital_id), reason)


@transaction.atomic
def opened_in_a_browser(*, lost: str) -> str:
    """The key of a session that has opened one of these, which a phone called `lost` shows too.

    The photo is the card's: a drawn face has one moment only, and bending explains all in which its
    selfies differ (check `own_picture`).
    """
    digital_id, printed = suspended(plain=True), io.BytesIO()
    portraits().card_portrait(face(HOLDER)).convert("RGB").save(printed, "JPEG", quality=95)
    digital_id.portrait = kept_portrait(printed.getvalue())
    digital_id.save(update_fields=["portrait"])
    DeviceFactory(digital_id=digital_id, name=lost)
    session = SessionStore()
    session[sessions.HOLDER] = str(digital_id.pk)
    session[sessions.UNLOCKED_AT] = time.time()
    session.create()
    return session.session_key
