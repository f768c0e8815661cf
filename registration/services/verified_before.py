"""Others under the same number whose pictures were believed to be of the same living person."""

import uuid

from django.db.models import Count, Exists, OuterRef

from registration.claims import current_thresholds
from registration.models import Enrollment, Finding
from registration.services.checking import was_seen_in_person
from registration.services.renewing import way_fits
from verification.faces.engine import Embedding, similarity
from verification.faces.search import kept_face, one_at_a_time
from verification.findings import Check, Outcome

ALIVE = (
    Check.FACE_FOUND, Check.FACE_QUALITY, Check.FACE_MATCH, Check.CHALLENGE, Check.LIVENESS,
)  # fmt: skip
MOST_NAMED = 3


def verified_before(enrollment: Enrollment, person: Embedding | None) -> list[uuid.UUID]:
    """Those whose recording could be handed in now as `person`, the latest first, as long as their
    faces are kept. A stranger's face under this number is nobody's recording and holds nobody up.
    None for a renewal, which the former holder's device or password proves, for a number with a
    digital ID, which gets no other one, and where an officer had the person at the counter.

    Call it in the transaction that remembers the face: from here to its end nobody else's is.
    """
    one_at_a_time()
    exempt = enrollment.renewal or not way_fits(enrollment) or was_seen_in_person(enrollment)
    if person is None or exempt:
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
    same = [other.pk for other in latest.only("pk", "number_key") if _is(person, other)]
    return same[:MOST_NAMED]


def _is(person: Embedding, other: Enrollment) -> bool:
    """Of another model's face nothing can be told: an officer looks."""
    kept = kept_face(subject=other.pk, owner=other.number_key) if other.number_key else None
    if kept is None:
        return False
    alike = current_thresholds().face_match
    return kept.model != person.model or similarity(person, kept) >= alike
