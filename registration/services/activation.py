"""Steps 6 to 8: the password twice, consent by entering it once more, the digital ID."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from identity.models import Device, DigitalID
from identity.passwords import check_strength, hash_password, verify_password
from identity.services import AlreadyIssued, bind_device, issue_digital_id
from registration.errors import Conflict, MoveNotAllowed, Refused
from registration.models import Channel, Enrollment, EvidenceKind
from registration.services.duplicates import send_back
from registration.services.evidence import load_picture
from registration.services.moves import move
from registration.services.renewing import ALREADY, end_former
from registration.services.telling import note_renewal

ASSURANCE = {Channel.SELF: "IAL2.2", Channel.APP: "IAL2.2", Channel.OFFICE: "IAL2.3"}
HOLDER_FIELDS = (
    "number",
    "title_th",
    "first_name_th",
    "last_name_th",
    "title_en",
    "first_name_en",
    "last_name_en",
    "birth_date",
    "address",
    "expiry_date",
)
LIFELONG = "lifelong"
PASSWORD_TRIES = 5


def set_password(enrollment: Enrollment, *, first: str, second: str) -> Enrollment:
    """Step 6: both entries must be the same. Only an Argon2id hash is kept."""
    if first != second:
        raise Refused("passwords_differ", _("The two passwords are not the same."))
    confirmed = enrollment.confirmed or {}
    check_strength(
        first, number=confirmed.get("number", ""), birth_date=confirmed.get("birth_date", "")
    )
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
    A face that meanwhile is kept under another number is an officer's: the case waits for one then.
    """
    if not enrollment.can("activate"):
        raise MoveNotAllowed("activate", enrollment.state)
    _check_password(enrollment, password)
    citizen = Actor.citizen(enrollment.pk)
    try:
        with transaction.atomic():
            if (back := send_back(enrollment)) is not None:
                return back, None
            moved = move(enrollment, "activate", actor=citizen)
            replaced = end_former(moved, actor=citizen) if moved.renewal else None
            digital_id = _issue(moved)
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


def _issue(enrollment: Enrollment) -> DigitalID:
    confirmed = enrollment.confirmed
    expiry = confirmed["expiry_date"]
    photo = load_picture(enrollment, EvidenceKind.HOLDER_PHOTO) or load_picture(
        enrollment, EvidenceKind.SELFIE
    )
    return issue_digital_id(
        enrollment.number_key,
        holder={name: confirmed.get(name, "") for name in HOLDER_FIELDS},
        photo=photo,
        password=enrollment.password,
        assurance=ASSURANCE[Channel(enrollment.channel)],
        channel=enrollment.channel,
        office_code=enrollment.office_id or "",
        enrollment_id=enrollment.pk,
        expires_on=None if expiry == LIFELONG else date.fromisoformat(expiry),
    )
