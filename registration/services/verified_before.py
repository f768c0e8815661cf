"""Others under the same number whose pictures were of a living person, the card's."""

import uuid

from django.db.models import Count, Exists, OuterRef

from registration.models import Enrollment, Finding
from registration.services.checking import was_seen_in_person
from registration.services.renewing import way_fits
from verification.findings import Check, Outcome

ALIVE = (
    Check.FACE_FOUND, Check.FACE_QUALITY, Check.FACE_MATCH, Check.CHALLENGE, Check.LIVENESS,
)  # fmt: skip
MOST_NAMED = 3


def verified_before(enrollment: Enrollment) -> list[uuid.UUID]:
    """Those whose recording would pass once more, the latest first. None for a renewal, which the
    former holder's device or password proves, for a number with a digital ID, which gets no other
    one, and where an officer had the person at the counter.
    """
    if enrollment.renewal or not way_fits(enrollment) or was_seen_in_person(enrollment):
        return []
    alive = (
        Finding.objects.filter(
            enrollment=OuterRef("pk"), check_name__in=ALIVE, outcome=Outcome.PASSED
        )
        .values("attempt")
        .annotate(passed=Count("id"))
        .filter(passed=len(ALIVE))
    )
    others = Enrollment.objects.filter(Exists(alive), number_key=enrollment.number_key)
    latest = others.exclude(pk=enrollment.pk).order_by("-created_at")
    return list(latest.values_list("pk", flat=True)[:MOST_NAMED])
