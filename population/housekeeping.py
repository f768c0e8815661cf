"""What people's rows were before an import goes once nobody may roll the import back."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.housekeeping import duty
from population.models import FollowingState, ImportRun, RowBefore, RunState

BATCH = 5_000


def _over() -> QuerySet[ImportRun]:
    """Those with such rows whose time is over, the oldest first. What digital IDs have still to
    follow is needed.
    """
    return ImportRun.objects.filter(
        Exists(RowBefore.objects.filter(run=OuterRef("pk"))),
        state=RunState.DONE,
        following__state=FollowingState.DONE,
        finished_at__lt=timezone.now() - settings.IMPORT_ROLLED_BACK_WITHIN,
    ).order_by("finished_at")


def _oldest() -> datetime | None:
    run = _over().first()
    return run.finished_at + settings.IMPORT_ROLLED_BACK_WITHIN if run and run.finished_at else None


@duty("rows_before", oldest=_oldest)
def forget_rows_before() -> Iterator[int]:
    """The run is locked meanwhile: one whose rolling back began in time is let be."""
    while True:
        with transaction.atomic():
            run = _over().select_for_update(of=("self",), skip_locked=True).first()
            if run is None:
                return
            rows = RowBefore.objects.filter(run=run)
            some = list(rows.values_list("number_key", flat=True)[:BATCH])
            gone, _each = rows.filter(number_key__in=some).delete()
        yield gone
