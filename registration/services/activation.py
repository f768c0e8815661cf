"""Steps 6 to 8: the password twice, consent by entering it once more, the digital ID."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from core.typing import Json
from identity.models import Device
from identity.passwords import DIFFERENT, check_choice, hash_password, verify_password
from identity.person import NOBODY
from identity.services import AlreadyIssued, bind_device
from registration.errors import Conflict, MoveNotAllowed, Refused
from registration.models import Channel, Enrollment, new_nonce
from registration.services.duplicates import send_back
from registration.services.issuing import issue
from registration.services.moves import move
from registration.services.notifications import note_issue
from registration.services.proving import check_proof
from registration.services.renewing import ALREADY, end_former

PASSWORD_TRIES = 5


def set_password(enrollment: Enrollment, *, first: str, second: str, proof: str) -> Enrollment:
    """Step 6: both entries must be the same. Only an Argon2id hash is kept.

    `proof` is signed by the device that took the verified selfie (registration.services.proving).
    """
    if not enrollment.can("set_password"):
        raise MoveNotAllowed("set_password", enrollment.state)
    check_proof(enrollment, proof, act="password")
    return _set_password(enrollment, first=first, second=second, how="device")


def set_password_at_counter(enrollment: Enrollment, *, first: str, second: str) -> Enrollment:
    """The same on the office's own screen, which an officer has turned to the citizen."""
    _only_at_counter(enrollment)
    return _set_password(enrollment, first=first, second=second, how="counter")


def _set_password(enrollment: Enrollment, *, first: str, second: str, how: str) -> Enrollment:
    if first != second:
        raise Refused("passwords_differ", DIFFERENT)
    check_choice(first, person=enrollment.confirmed or NOBODY)
    return move(
        enrollment,
        "set_password",
        actor=Actor.citizen(enrollment.pk),
        changes={
            "password": hash_password(first),
            "password_tries": 0,
            "proof_nonce": new_nonce(),
        },
        how=how,
    )


def give_consent(
    enrollment: Enrollment, *, password: str, proof: str, device_name: str = ""
) -> tuple[Enrollment, Device | None]:
    """Step 7: the password once more consents to bringing the data onto the citizen's own device,
    the one that took the verified selfie and signs the `proof`.

    A face that meanwhile is kept under another number is an officer's: the case waits for one then,
    and there is no device.
    """
    if not enrollment.can("activate"):
        raise MoveNotAllowed("activate", enrollment.state)
    check_proof(enrollment, proof, act="consent")
    _check_password(enrollment, password)
    return _activate(enrollment, key=enrollment.device_key, device_name=device_name)


def give_consent_at_counter(enrollment: Enrollment, *, password: str) -> Enrollment:
    """The same on the office's screen, without a device: the office's computer must not hold the
    key of a citizen's digital ID, which is bound on the own phone later.
    """
    if not enrollment.can("activate"):
        raise MoveNotAllowed("activate", enrollment.state)
    _only_at_counter(enrollment)
    _check_password(enrollment, password)
    return _activate(enrollment, key=None)[0]


def _activate(
    enrollment: Enrollment, *, key: Json | None, device_name: str = ""
) -> tuple[Enrollment, Device | None]:
    citizen = Actor.citizen(enrollment.pk)
    try:
        with transaction.atomic():
            if (back := send_back(enrollment)) is not None:
                return back, None
            how = "device" if key else "counter"
            nonce = {"proof_nonce": new_nonce()}
            moved = move(enrollment, "activate", actor=citizen, changes=nonce, how=how)
            if moved.device_key != enrollment.device_key:
                raise MoveNotAllowed("activate", moved.state)  # another device was taken meanwhile
            if moved.renewal:
                end_former(moved, actor=citizen)
            digital_id = issue(moved)
            device = None
            if key:
                device = bind_device(
                    digital_id, public_key=key, name=device_name, actor=citizen, notice=None
                )
            moved.digital_id, moved.password = digital_id.pk, ""
            moved.save(update_fields=["digital_id", "password"])
            note_issue(moved, digital_id)
    except AlreadyIssued as error:
        raise Conflict("already_registered", ALREADY) from error
    return moved, device


def _only_at_counter(enrollment: Enrollment) -> None:
    if enrollment.channel != Channel.OFFICE:
        raise MoveNotAllowed("at_counter", enrollment.state)


def _check_password(enrollment: Enrollment, password: str) -> None:
    """Count the try first, so that parallel guesses are counted too; five, then a new password is
    set.
    """
    counted = Enrollment.objects.filter(pk=enrollment.pk, password_tries__lt=PASSWORD_TRIES).update(
        password_tries=F("password_tries") + 1
    )
    if not counted:
        raise Refused(
            "too_many_tries", _("Too many wrong tries. Please go back and set a new password.")
        )
    if not verify_password(enrollment.password, password):
        raise Refused("wrong_password", _("This is not the password you set. Please try again."))
