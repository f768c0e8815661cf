"""Digital IDs to be renewed, and enrollments that renew them, without pictures or jobs."""

from datetime import timedelta

from django.utils import timezone

from audit.services import Actor
from identity.models import DigitalID
from identity.numbers import number_key
from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import keep_picture
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.identity.factories import (
    PASSWORD,
    hashed,
    kept_portrait,
    make_person,
    portrait,
    public_part,
    surely_read,
)
from tests.registration.proofs import KEY

ACTOR = Actor.system("test")


def kept(picture: bytes) -> str:
    """A sealed portrait of a digital ID."""
    return kept_portrait(picture)


def age(digital_id: DigitalID) -> DigitalID:
    """The same, issued a year ago."""
    digital_id.issued_at = timezone.now() - timedelta(days=365)
    digital_id.save(update_fields=["issued_at"])
    return digital_id


def ready(
    number: str, *, renewal: bool = True, proven: bool = True, language: str = "th"
) -> Enrollment:
    """An enrollment that only the consent is missing of, under this number."""
    enrollment = EnrollmentFactory.build(
        office=None,
        state=State.PASSWORD_SET,
        renewal=renewal,
        language=language,
        number_key=number_key(number),
        password=hashed(PASSWORD),
        device_key=public_part(KEY),
        former_proof="password" if renewal and proven else "",
        former_number_key=number_key(number) if renewal and proven else None,
    )
    enrollment.confirmed = make_person(number, laser_code="ME0-1234567-89")
    enrollment.reading = surely_read(enrollment.confirmed)
    enrollment.save(force_insert=True)
    keep_picture(enrollment, EvidenceKind.SELFIE, portrait())
    return enrollment
