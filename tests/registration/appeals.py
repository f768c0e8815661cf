"""Rejected cases and appeals against them, for tests."""

from datetime import timedelta

from django.utils import timezone

from core.guard.tries import Origin
from identity.person import Person
from offices.models import Officer
from registration.models import Decision, Enrollment, EvidenceKind
from registration.services import decisions as deciding
from registration.services import review
from registration.services.appeals import file_appeal
from registration.services.evidence import keep_picture
from registration.states import State
from tests.factories import EnrollmentFactory

WORDS = "ฉันคือคนในภาพ"
CODE = "JT1234567890"
HERE = Origin("address:here")


def rejected(officer: Officer, **fields) -> Enrollment:
    """Rejected by this officer of its office, a moment ago, with a selfie."""
    waits = {"state": State.WAITING_REVIEW, "office": officer.office}
    case = EnrollmentFactory(**waits, **fields)
    keep_picture(case, EvidenceKind.SELFIE, b"a selfie")
    return reject(case, officer)


def reject(case: Enrollment, officer: Officer) -> Enrollment:
    held = review.take_case(case, officer=officer)
    return deciding.reject_enrollment(held, officer=officer, reasons=["not_the_same"])


def ago(case: Enrollment, since: timedelta) -> Enrollment:
    """As if the rejection had been so long ago."""
    then = timezone.now() - since
    Enrollment.objects.filter(pk=case.pk).update(state_since=then)
    Decision.objects.filter(enrollment=case).update(decided_at=then)
    case.refresh_from_db()
    return case


def appeal(case: Enrollment, **said) -> Enrollment:
    return file_appeal(case, origin=HERE, **({"words": WORDS} | said))


def come_by_reference(case: Enrollment, *, code: str = CODE) -> Enrollment:
    """As opened by reference and number alone; the card's code is `code`."""
    case.confirmed = Person(laser_code=code)
    case.token_limited = True
    case.save(update_fields=["confirmed_sealed", "token_limited"])
    return case
