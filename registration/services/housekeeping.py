"""What time ends: enrollments nobody went on with, and pictures that are no longer needed."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.storage import delete_sealed
from registration.errors import MoveNotAllowed
from registration.models import Contact, Enrollment, Evidence
from registration.services.moves import move
from registration.states import OPEN, State

CLOCK = Actor.system("housekeeping")
BATCH = 500


def expire_enrollments() -> int:
    """Close the enrollments whose time is over; returns how many."""
    overdue = Enrollment.objects.filter(state__in=OPEN, open_until__lt=timezone.now())
    expired = 0
    for enrollment in overdue.order_by("open_until")[:BATCH]:
        try:
            move(enrollment, "expire", actor=CLOCK)
            expired += 1
        except MoveNotAllowed:
            continue  # the citizen was faster
    return expired


def delete_evidence() -> int:
    """Delete the pictures of enrollments closed long enough ago; returns how many were."""
    closed = Enrollment.objects.filter(_kept_long_enough(), evidence__deleted_at=None)
    closed = closed.exclude(evidence=None).distinct()
    ids = list(closed.values_list("pk", flat=True)[:BATCH])
    for enrollment_id in ids:
        _delete_evidence_of(enrollment_id)
    return len(ids)


def _kept_long_enough() -> Q:
    """30 days after a rejection or an end without result, 90 after the activation, as set."""
    now = timezone.now()
    periods: dict[State, timedelta] = dict.fromkeys(
        (State.REJECTED, State.EXPIRED, State.WITHDRAWN), settings.EVIDENCE_KEPT_AFTER_REJECTION
    )
    periods[State.ACTIVATED] = settings.EVIDENCE_KEPT_AFTER_ACTIVATION
    over = Q(pk__in=[])
    for state, period in periods.items():
        over |= Q(state=state, state_since__lt=now - period)
    return over


@transaction.atomic
def _delete_evidence_of(enrollment_id: object) -> None:
    """Files first: a row without its file can be mended, a file without its row not."""
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment_id)
    kept = Evidence.objects.filter(enrollment=enrollment, deleted_at=None)
    pictures = list(kept)
    for picture in pictures:
        delete_sealed(picture.name)
    kept.update(deleted_at=timezone.now())
    Contact.objects.filter(pk=enrollment.pk).delete()
    record(
        Action.EVIDENCE_DELETED,
        enrollment,
        actor=CLOCK,
        subject_office=enrollment.office_id or "",
        pictures=len(pictures),
    )
