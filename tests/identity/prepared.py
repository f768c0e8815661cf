"""Rows the browser test needs inside the portal it drives; called through `manage.py shell`."""

import secrets
import time

import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from joserfc.jwk import ECKey

from identity.models import DigitalID
from identity.numbers import number_key
from registration.models import Channel, Enrollment, EvidenceKind
from registration.services.evidence import keep_picture
from registration.states import State
from registration.views.sessions import SESSION_KEY
from tests.identity.factories import (
    PASSWORD,
    DeviceFactory,
    hashed,
    make_person,
    portrait,
    surely_read,
    valid_number,
)
from tests.identity.tokens import make_code


@transaction.atomic
def ready_for_consent(serial: int) -> str:
    """A citizen who has set the password: the key of the browser's session, a point, the id."""
    return _ready(valid_number(f"5{serial:011}"), password=PASSWORD)


def several_ready(serials: list[int]) -> str:
    return " ".join(ready_for_consent(serial) for serial in serials)


@transaction.atomic
def ready_to_renew(password: str) -> str:
    """The same for a renewal of the digital ID that was issued last."""
    former = DigitalID.objects.latest("issued_at")
    return _ready(former.holder.number, password=password, renewal=True)


def _ready(number: str, *, password: str, renewal: bool = False) -> str:
    enrollment = Enrollment(
        state=State.PASSWORD_SET,
        channel=Channel.SELF,
        renewal=renewal,
        number_key=number_key(number),
        password=hashed(password),
        former_proof="password" if renewal else "",
        former_number_key=number_key(number) if renewal else None,
    )
    enrollment.confirmed = make_person(number, laser_code="ME0123456789")
    enrollment.reading = surely_read(enrollment.confirmed)
    enrollment.save(force_insert=True)
    keep_picture(enrollment, EvidenceKind.SELFIE, portrait())
    session = SessionStore()
    session[SESSION_KEY] = str(enrollment.pk)
    session.create()
    return f"{session.session_key}.{enrollment.pk}"


def any_number() -> str:
    return valid_number(f"4{secrets.randbelow(10**11):011}")


def codes_to_judge() -> dict[str, str]:
    """Codes as phones make them now, each of a device of its own, by what is the matter with it."""
    traits = {
        "valid": {},
        "suspended": {"digital_id__suspended": True},
        "revoked": {"digital_id__revoked": True},
        "removed": {"removed": True},
        "expired": {"digital_id__run_out": True},
    }
    keys = {name: ECKey.generate_key("P-256") for name in traits}
    devices = {
        name: DeviceFactory(key=keys[name], digital_id__number=any_number(), **traits[name])
        for name in traits
    }
    codes = {name: make_code(device, keys[name]) for name, device in devices.items()}
    good = devices["valid"]
    others = ECKey.generate_key("P-256")
    for purpose in ("photo", "age"):
        codes[purpose] = make_code(good, keys["valid"], purpose=purpose)
    codes["another_devices"] = make_code(good, others)
    now = int(time.time())
    codes["screenshot"] = make_code(good, keys["valid"], iat=now - 600)
    codes["from_the_future"] = make_code(good, keys["valid"], iat=now + 600)
    with time_machine.travel(now - 31 * 86400, tick=False):
        codes["old_pass"] = make_code(good, keys["valid"], iat=now)
    return codes
