"""Steps 6 to 8: the password twice, consent by entering it once more, the digital ID."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from identity.models import Device
from identity.passwords import check_strength, hash_password, verify_password
from identity.person import NOBODY
from identity.services import AlreadyIssued, bind_device
from registration.errors import Conflict, MoveNotAllowed, Refused
from registration.models import Enrollment
from registration.services.issuing import issue
from registration.services.moves import move
from registration.services.renewing import ALREADY, end_former
from registration.services.telling import note_renewal

PASSWORD_TRIES = 5


def set_password(enrollment: Enrollment, *, first: str, second: str) -> Enrollment:
    """Step 6: both entries must be the same. Only an Argon2id hash is kept."""
    if first != second:
        raise Refused("passwords_differ", _("The two passwords are not the same."))
    person = enrollment.confirmed or NOBODY
    check_strength(first, number=person.number, birth_date=person.birth_date)
    return move(
        enrollment,
        "set_password",
        actor=Actor.citizen(enrollment.pk),
        changes={"password": hash_password(first), "password_tries": 0},
    )


def give_consent(
    enrollment: Enrollment, *, password: str, device_key: dict | None, device_name: str = ""
) -> tuple[Enrollment, Device | None]:
    """Step 7: the password once more consents to bringing the data onto the citizen's own device.

    Without a device key (a browser without script) the digital ID is issued and can be bound later.
    """
    if not enrollment.can("activate"):
        raise MoveNotAllowed("activate", enrollment.state)
    _check_password(enrollment, password)
    citizen = Actor.citizen(enrollment.pk)
    try:
        with transaction.atomic():
            moved = move(enrollment, "activate", actor=citizen)
            replaced = end_former(moved, actor=citizen) if moved.renewal else None
            digital_id = issue(moved)
            device = (
                bind_device(digital_id, public_key=device_key, name=device_name, actor=citizen)
                if device_key
                else None
            )
            moved.digital_id, moved.password = digital_id.pk, ""
            moved.save(update_fields=["digital_id", "password"])
            note_renewal(moved, replaced=replaced)
    except AlreadyIssued as error:
        raise Conflict("already_registered", ALREADY) from error
    except ValueError as error:
        raise Refused(
            "bad_device_key", _("The key of your device did not arrive whole.")
        ) from error
    return moved, device


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
