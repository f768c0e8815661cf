"""Steps 4 and 5: the card's two sides, the confirmed data, the selfie."""

import uuid

from django.db import transaction

from audit.context import current_request_id
from audit.services import Actor
from core.outbox.services import enqueue
from core.required import required
from core.typing import Json
from identity.numbers import number_key
from identity.person import Person
from offices.models import Office
from registration.errors import MoveNotAllowed
from registration.models import Channel, Enrollment, EvidenceKind, new_nonce
from registration.office_routing import responsible_office
from registration.services.admission import admit_pictures
from registration.services.capturing import capture_details
from registration.services.challenges import end_challenge, use_challenge
from registration.services.evidence import has_pictures, keep_film, keep_picture, set_aside
from registration.services.gates import gates
from registration.services.moves import move, move_locked
from registration.services.pictures import clean_pictures
from registration.services.proving import check_device_key
from registration.services.rereading import ask_for_card, may_ask, unproven_side
from verification.capture import Capture
from verification.images import reencode

READ_CARD = "registration.read_card"
VERIFY = "registration.verify"
CARD_SIDES = {"front": EvidenceKind.CARD_FRONT, "back": EvidenceKind.CARD_BACK}


def add_card_side(
    enrollment: Enrollment, *, side: str, picture: bytes, actor: Actor | None = None
) -> Enrollment:
    """Keep a photo of one side; with both there, the card is captured and its reading asked for.

    Raises verification.images.BadImage for what is no picture.
    """
    admit_pictures(enrollment.pk, size=len(picture))
    clean = reencode(picture)
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if not locked.can("capture_card"):
            raise MoveNotAllowed("capture_card", locked.state)
        keep_picture(locked, CARD_SIDES[side], clean)
        if not has_pictures(locked, *CARD_SIDES.values()):
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


@transaction.atomic
def confirm_data(enrollment: Enrollment, *, data: Person, actor: Actor | None = None) -> Enrollment:
    """Take over what the citizen confirmed, once validated by `identity.cleaning`; or ask for a
    better photo where the card did not surely say so. After MAX_CARD_PHOTOS an officer reads it.

    Neither the register nor the digital IDs are asked here: every number gets the same answer. A
    registration at the counter stays with the office that saw the person, an appeal with the one
    that was drawn.
    """
    by = actor or Actor.citizen(enrollment.pk)
    locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if locked.reading is None or locked.card_problem or not locked.can("confirm_data"):
        raise MoveNotAllowed("confirm_data", locked.state)
    if (side := unproven_side(locked.reading, data)) and may_ask(locked):
        return ask_for_card(locked, problem=f"{side}:not_as_read", actor=by)
    end_challenge(locked)  # head turns drawn for another number serve no more
    office = _office(locked, data)
    for gate in [] if locked.appealed else gates:
        gate.office_assigned(locked, province=office.province_code)
    return move_locked(
        locked,
        "confirm_data",
        actor=by,
        changes={
            "confirmed": data,
            "number_key": number_key(data.number),
            "office": office,
            "origin": "",
        },
    )


def _office(enrollment: Enrollment, data: Person) -> Office:
    if enrollment.channel == Channel.OFFICE or enrollment.appealed:
        return required(enrollment.office, "office")
    return Office.objects.get(pk=responsible_office("", data.address))


@transaction.atomic
def recapture_card(enrollment: Enrollment, *, actor: Actor | None = None) -> Enrollment:
    """Go back to photographing both sides: by choice, or because a new photo was asked for. Whoever
    came by reference and number begins anew: what was proved before was somebody else's word.
    """
    proved_by_others = {"former_proof": ""} if enrollment.token_limited else {}
    moved = move(
        enrollment,
        "recapture_card",
        actor=actor or Actor.citizen(enrollment.pk),
        changes=proved_by_others
        | {
            "retake_reason": "",
            "reading": None,
            "card_problem": "",
            "card_photos": 0,
            "token_limited": False,  # what was given before is put aside
        },
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
    capture: Capture,
    device_key: Json | None = None,
    actor: Actor | None = None,
) -> Enrollment:
    """Keep the selfie with the frames of the head turns and ask for the verification.

    Without frames (a browser without camera or script) the challenge counts as not done, which
    sends the case to an officer. `device_key` is the public key (JWK, P-256) of the device that
    took the selfie: if this one is verified, the rest of the way is accepted from that device.
    """
    key = check_device_key(device_key)
    admit_pictures(enrollment.pk, size=sum(map(len, [selfie, *frames])))
    pictures = clean_pictures(selfie, frames, frame_times)
    with transaction.atomic():
        moved = move(
            enrollment,
            "submit_selfie",
            actor=actor or Actor.citizen(enrollment.pk),
            changes={"retake_reason": "", "device_key": key, "proof_nonce": new_nonce()},
            draws=enrollment.challenge_draws,
        )
        moved.selfie_attempts += 1
        moved.save(update_fields=["selfie_attempts"])
        film = use_challenge(moved, challenge_id, pictures) if frames else None
        end_challenge(moved)
        details = capture_details(capture)
        keep_picture(moved, EvidenceKind.SELFIE, pictures.selfie, **details)
        keep_film(moved, film)
        enqueue(VERIFY, moved.pk, request_id=current_request_id())
        return moved
