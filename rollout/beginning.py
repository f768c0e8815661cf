"""A phase of a later day begins when that day has come, if its checklist holds then as well.

Until it does, the phase before stays in force, and every minute it is looked at again. A phase that
lets in nobody who could not register without it begins at once: closing waits for nothing.
"""

import datetime
from collections.abc import Iterator
from copy import copy

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.housekeeping import duty
from rollout.checklist import missing
from rollout.models import Phase
from rollout.moments import moments_with
from rollout.services import let_begin


def _due() -> QuerySet[Phase]:
    today = timezone.localdate()
    return Phase.objects.filter(waits=True, closed=False, starts_on__lte=today)


def _oldest() -> datetime.datetime | None:
    """The first moment of its day: how long it has been kept back is in the metrics."""
    if (phase := _due().first()) is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(phase.starts_on, datetime.time.min))


@duty("phases that begin", oldest=_oldest)
def begin_phases() -> Iterator[int]:
    for phase in _due():
        if began := _begin(phase.pk):
            yield began


@transaction.atomic
def _begin(code: str) -> int:
    phase = _due().select_for_update().filter(pk=code).first()
    if phase is None or not _may_begin(phase):
        return 0
    let_begin(phase)
    return 1


def _may_begin(phase: Phase) -> bool:
    begun = copy(phase)
    begun.waits = False
    today = [one for one in moments_with(begun) if one.day == timezone.localdate()]
    return not any(one.opens for one in today) or not missing(phase)
