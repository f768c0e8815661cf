"""What time ends: enrollments nobody went on with, and pictures that are no longer needed."""

import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.housekeeping import BATCH, duty
from core.storage import delete_sealed
from registration.errors import MoveNotAllowed
from registration.models import Appeal, Contact, Enrollment, Evidence
from registration.services.moves import move
from registration.states import GAVE_UP, OPEN, WITH_OFFICERS, State

logger = logging.getLogger(__name__)
CLOCK = Actor.system("housekeeping")
DAY = timedelta(days=1)  # the last one of an appeal counts whole
MOST_FAILURES = 20  # then it is not this or that enrollment, and the next time has to do


def one_by_one(
    rows: Callable[[], QuerySet[Enrollment]], since: str, end: Callable[[uuid.UUID], None]
) -> Iterator[int]:
    """End each of `rows()`, the oldest `since` first. One that fails does not hold up the others;
    it is tried again the next time, and the gauge tells of it meanwhile.
    """
    failed: list[uuid.UUID] = []
    while ids := list(
        rows().exclude(pk__in=failed).order_by(since).values_list("pk", flat=True)[:BATCH]
    ):
        for enrollment_id in ids:
            try:
                end(enrollment_id)
            except Exception:
                failed.append(enrollment_id)
                if len(failed) > MOST_FAILURES:
                    raise
                logger.exception("enrollment %s could not be cleared away", enrollment_id)
                yield 0
            else:
                yield 1


def _overdue() -> QuerySet[Enrollment]:
    """Not appeals that wait for officers: no citizen loses one by waiting."""
    over = Enrollment.objects.filter(state__in=OPEN, open_until__lt=timezone.now())
    return over.exclude(state__in=WITH_OFFICERS, appeal__isnull=False)


def _oldest_open() -> datetime | None:
    first: datetime | None = _overdue().aggregate(first=Min("open_until"))["first"]
    return first


@duty("enrollments", oldest=_oldest_open)
def expire_enrollments() -> Iterator[int]:
    """Close the enrollments whose time is over."""
    yield from one_by_one(_overdue, "open_until", _expire)


@transaction.atomic
def _expire(enrollment_id: uuid.UUID) -> None:
    locked = Enrollment.objects.select_for_update().get(pk=enrollment_id)
    try:
        move(locked, "expire", actor=CLOCK)
    except MoveNotAllowed:
        return  # the citizen was faster


def kept_after(state: State) -> timedelta:
    """How long the pictures are kept after an enrollment came to its end: an appeal needs them."""
    if state == State.ACTIVATED:
        return settings.EVIDENCE_KEPT_AFTER_ACTIVATION
    return max(settings.EVIDENCE_KEPT_AFTER_REJECTION, settings.APPEAL_WITHIN + DAY)


def _kept_too_long(state: State) -> QuerySet[Enrollment]:
    since = timezone.now() - kept_after(state)
    return Enrollment.objects.filter(state=state, state_since__lt=since, pictures_deleted_at=None)


def _oldest_pictures() -> datetime | None:
    firsts = [
        first + kept_after(state)
        for state in (*GAVE_UP, State.ACTIVATED)
        if (first := _kept_too_long(state).aggregate(first=Min("state_since"))["first"])
    ]
    return min(firsts, default=None)


@duty("pictures", oldest=_oldest_pictures)
def delete_evidence() -> Iterator[int]:
    """Delete the pictures of enrollments closed long enough ago, where news of them went, and what
    an appeal said.
    """
    for state in (*GAVE_UP, State.ACTIVATED):
        yield from one_by_one(partial(_kept_too_long, state), "state_since", _clear)


@transaction.atomic
def _clear(enrollment_id: uuid.UUID) -> None:
    """Files first: a row without its file can be mended, a file without its row not."""
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment_id)
    if not _kept_too_long(State(enrollment.state)).filter(pk=enrollment_id).exists():
        return  # opened again meanwhile, or another worker was faster
    kept = Evidence.objects.filter(enrollment=enrollment, deleted_at=None)
    pictures = list(kept)
    for picture in pictures:
        delete_sealed(picture.name)
    now = timezone.now()
    kept.update(deleted_at=now)
    Contact.objects.filter(pk=enrollment.pk).delete()
    Appeal.objects.filter(pk=enrollment.pk).update(words_sealed=None)
    Enrollment.objects.filter(pk=enrollment.pk).update(pictures_deleted_at=now, origin="")
    if pictures:
        record(
            Action.EVIDENCE_DELETED,
            enrollment,
            actor=CLOCK,
            subject_office=enrollment.office_id or "",
            pictures=len(pictures),
        )
