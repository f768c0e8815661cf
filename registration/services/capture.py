"""Steps 4 and 5: the card's two sides, the confirmed data, the selfie."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.context import current_request_id
from audit.services import Actor
from dopa_portal.outbox.services import enqueue
from identity.numbers import number_key
from identity.register import ask_register
from offices.models import Office
from registration.errors import MoveNotAllowed, Refused
from registration.models import Channel, Enrollment, EvidenceKind
from registration.offices import responsible_office
from registration.services.challenges import end_challenge, use_challenge
from registration.services.evidence import (
    current_picture,
    keep_frames,
    keep_picture,
    set_aside,
)
from registration.services.gates import gates
from registration.services.moves import move
from registration.services.renewing import check_number
from verification.images import reencode

READ_CARD = "registration.read_card"
VERIFY = "registration.verify"
CARD_SIDES = {"front": EvidenceKind.CARD_FRONT, "back": EvidenceKind.CARD_BACK}
MAX_FRAMES = 8


def add_card_side(
    enrollment: Enrollment, *, side: str, picture: bytes, actor: Actor | None = None
) -> Enrollment:
    """Keep a photo of one side; with both there, the card is captured and its reading asked for.

    Raises verification.images.BadImage for what is no picture.
    """
    clean = reencode(picture)
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if not locked.can("capture_card"):
            raise MoveNotAllowed("capture_card", locked.state)
        keep_picture(locked, CARD_SIDES[side], clean)
        if not all(current_picture(locked, kind) for kind in CARD_SIDES.values()):
            return locked
        captured = move(
            locked,
            "capture_card",
            actor=actor or Actor.citizen(locked.pk),
            changes={"reading": None, "card_problem": ""},
            side=side,
        )
        enqueue(READ_CARD, captured.pk, request_id=current_request_id())
        return captured


def confirm_data(enrollment: Enrollment, *, data: dict, actor: Actor | None = None) -> Enrollment:
    """Take over what the citizen confirmed, once validated by `registration.validators`.

    A registration at the counter stays with the office that saw the person.
    """
    if enrollment.reading is None or enrollment.card_problem:
        raise MoveNotAllowed("confirm_data", enrollment.state)
    key = number_key(data["number"])
    check_number(enrollment, key)
    answer = ask_register(data)
    code = responsible_office(answer.office_code, data["address"])
    at_counter = enrollment.channel == Channel.OFFICE
    office = enrollment.office if at_counter else Office.objects.get(pk=code)
    for gate in gates:
        gate.placed(enrollment, province=office.province_code)
    return move(
        enrollment,
        "confirm_data",
        actor=actor or Actor.citizen(enrollment.pk),
        changes={"confirmed": data, "number_key": key, "office": office},
    )


@transaction.atomic
def recapture_card(enrollment: Enrollment, *, actor: Actor | None = None) -> Enrollment:
    """Go back to photographing both sides: by choice, or because a new photo was asked for."""
    moved = move(
        enrollment,
        "recapture_card",
        actor=actor or Actor.citizen(enrollment.pk),
        changes={"retake_reason": "", "reading": None, "card_problem": ""},
    )
    set_aside(moved, *CARD_SIDES.values())
    return moved


def submit_selfie(
    enrollment: Enrollment,
    *,
    selfie: bytes,
    frames: list[bytes],
    frame_times: list[int],
    challenge_id: uuid.UUID | None,
    actor: Actor | None = None,
) -> Enrollment:
    """Keep the selfie with the frames of the head turns and ask for the verification.

    Without frames (a browser without camera or script) the challenge counts as not done, which
    sends the case to an officer. `frame_times` are milliseconds since the first frame.
    """
    if len(frames) > MAX_FRAMES or len(frames) != len(frame_times):
        raise Refused("bad_frames", _("The pictures did not arrive whole. Please try again."))
    clean = reencode(selfie, max_side=1600)
    clean_frames = [reencode(frame, max_side=640) for frame in frames]
    with transaction.atomic():
        moved = move(
            enrollment,
            "submit_selfie",
            actor=actor or Actor.citizen(enrollment.pk),
            changes={"retake_reason": ""},
            draws=enrollment.challenge_draws,
        )
        moved.selfie_attempts += 1
        moved.save(update_fields=["selfie_attempts"])
        steps = use_challenge(moved, challenge_id) if clean_frames else []
        end_challenge(moved)
        keep_picture(moved, EvidenceKind.SELFIE, clean)
        keep_frames(moved, clean_frames, times=frame_times, steps=steps)
        enqueue(VERIFY, moved.pk, request_id=current_request_id())
        return moved
