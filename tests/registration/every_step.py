"""Citizens at each step, with their browser's session; also for a portal that runs, through
`manage.py shell`.
"""

import json

from django.contrib.sessions.backends.db import SessionStore

from identity.numbers import number_key
from registration.models import Decision, Enrollment, EvidenceKind, RejectReason, RetakeReason
from registration.services.evidence import keep_picture
from registration.states import State
from registration.steps import current_step
from registration.views.sessions import SESSION_KEY
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import (
    PASSWORD,
    hashed,
    make_person,
    portrait,
    surely_read,
    valid_number,
)

KEY = {"kty": "EC", "crv": "P-256", "x": "0" * 43, "y": "0" * 43}
# What tells each step from a fresh enrollment.
STEPS: dict[str, dict] = {
    "terms": {},
    "card_front": {"state": State.CONSENTED},
    "card_back": {"state": State.CONSENTED},
    "reading": {"state": State.CARD_CAPTURED},
    "confirm": {"state": State.CARD_CAPTURED},
    "selfie": {"state": State.DATA_CONFIRMED},
    "checking": {"state": State.CHECKING},
    "retake": {
        "state": State.RETAKE,
        "retake_reason": RetakeReason.values[0],
        "selfie_attempts": 1,
    },
    "waiting": {"state": State.WAITING_REVIEW},
    "rejected": {"state": State.REJECTED, "reject_reason": RejectReason.values[0]},
    "expired": {"state": State.EXPIRED},
    "return": {"state": State.VERIFIED},
    "password": {"state": State.VERIFIED, "device_key": KEY},
    "consent": {"state": State.PASSWORD_SET, "device_key": KEY},
    "card_again": {"state": State.CONSENTED, "token_limited": True},
    "done": {"state": State.ACTIVATED},
}
BEFORE_THE_CARD_IS_READ = ("terms", "card_front", "card_back", "reading", "card_again")


def citizen_at(step: str, serial: int = 1) -> Enrollment:
    number = valid_number(f"6{serial:011}")
    enrollment = EnrollmentFactory(number_key=number_key(number), **STEPS[step])
    if step not in BEFORE_THE_CARD_IS_READ:
        enrollment.confirmed = make_person(number, laser_code="ME0123456789")
        enrollment.reading = surely_read(enrollment.confirmed)
        enrollment.password = hashed(PASSWORD)
        enrollment.save()
    if step not in ("terms", "card_front"):
        for kind in (EvidenceKind.CARD_FRONT, EvidenceKind.CARD_BACK):
            if (step, kind) != ("card_back", EvidenceKind.CARD_BACK):
                keep_picture(enrollment, kind, portrait())
    if step == "rejected":
        Decision.objects.create(enrollment=enrollment, officer=OfficerFactory(), move="reject")
    assert current_step(enrollment).name == step, (step, current_step(enrollment).name)
    return enrollment


def session_of(enrollment: Enrollment) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(enrollment.pk)
    session.create()
    return str(session.session_key)


def sessions_at_every_step() -> str:
    return json.dumps(
        {step: session_of(citizen_at(step, serial)) for serial, step in enumerate(STEPS)}
    )
