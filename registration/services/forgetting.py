"""Faces, prints and data of ended cases, and what served once: gone when of use no more."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from audit.actions import Action
from audit.services import record
from core.housekeeping import duty, forget_rows
from identity.models import DigitalID
from registration.models import Challenge, Enrollment, Handoff
from registration.services.housekeeping import CLOCK, one_by_one
from registration.states import GAVE_UP, State
from verification.faces.search import forget_face
from verification.pictures_seen import forget_pictures

USED_UP_KEPT = timedelta(days=1)

forget_rows("challenges", Challenge.objects.all(), field="expires_at", kept=lambda: USED_UP_KEPT)
forget_rows("handoffs", Handoff.objects.all(), field="expires_at", kept=lambda: USED_UP_KEPT)


def _ended() -> QuerySet[Enrollment]:
    """Enrollments without result whose face has been kept for long enough."""
    since = timezone.now() - settings.FACES_KEPT_AFTER_END
    return Enrollment.objects.filter(
        state__in=GAVE_UP, state_since__lt=since, faces_deleted_at=None
    )


def _run_out() -> QuerySet[Enrollment]:
    """Those whose digital ID ran out as long ago, and that had none issued since."""
    last = timezone.localdate() - settings.FACES_KEPT_AFTER_END
    issued = DigitalID.objects.filter(
        number_key=OuterRef("number_key"), enrollment_id=OuterRef("pk")
    )
    later = issued.filter(Q(expires_on=None) | Q(expires_on__gte=last))
    over = DigitalID.objects.filter(expires_on__lt=last).values("enrollment_id")
    return Enrollment.objects.filter(
        ~Exists(later), pk__in=over, state=State.ACTIVATED, faces_deleted_at=None
    )


def _oldest_face() -> datetime | None:
    kept = settings.FACES_KEPT_AFTER_END
    ended = _ended().aggregate(first=Min("state_since"))["first"]
    ids = DigitalID.objects.filter(enrollment_id__in=_run_out().values("pk"))
    last: date | None = ids.aggregate(last=Min("expires_on"))["last"]
    ran_out = timezone.make_aware(datetime.combine(last, time.max)) if last else None
    return min((one + kept for one in (ended, ran_out) if one), default=None)


@duty("faces", oldest=_oldest_face)
def delete_faces() -> Iterator[int]:
    """Delete what is kept of faces and pictures to find them again (verification.models), and what
    was read off the card and confirmed. That there was a case, and its number's key, stays.
    """
    yield from one_by_one(_ended, "state_since", _forget)
    yield from one_by_one(_run_out, "state_since", _forget)


@transaction.atomic
def _forget(enrollment_id: uuid.UUID) -> None:
    Enrollment.objects.select_for_update().get(pk=enrollment_id)
    found = (rows().filter(pk=enrollment_id).first() for rows in (_ended, _run_out))
    enrollment = next(filter(None, found), None)
    if enrollment is None:
        return  # opened again meanwhile, or another worker was faster
    gone = forget_face(enrollment_id) + forget_pictures(enrollment_id)
    Enrollment.objects.filter(pk=enrollment_id).update(
        faces_deleted_at=timezone.now(), reading_sealed=None, confirmed_sealed=None, password=""
    )
    if gone:
        record(
            Action.FACE_DELETED,
            enrollment,
            actor=CLOCK,
            subject_office=enrollment.office_id or "",
        )
