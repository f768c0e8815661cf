"""Makes a run's staged rows the register's: all at once where it is empty, else part by part.

A register that is spread over machines stays the table it is, for the staged one lies on one.
"""

from collections.abc import Callable

from django.db import transaction

from core.distributing import distributed
from population.imports import staging
from population.imports.doubting import set_doubtful_apart, supersede
from population.imports.indexing import index_parts
from population.imports.weighing import hold_back, weigh
from population.models import ImportRun
from population.models.record import PARTITIONS, REGISTER
from population.rejections import AFTER_LOADING

MERGED = ("inserted", "changed", "unchanged", "removed")


def take_over(
    run: ImportRun,
    *,
    workers: int,
    on_progress: Callable[[ImportRun], None],
    should_stop: Callable[[], bool],
) -> bool:
    """Make the staged rows the register's; whether all of it is done."""
    if run.replaced_table:
        return True
    if run.parts_done == 0 and staging.register_is_empty() and REGISTER not in distributed():
        if not index_parts(run, workers=workers, should_stop=should_stop):
            return False
        for part in range(PARTITIONS):
            set_doubtful_apart(run, part)
        if hold_back(run):
            return False
        if _put_in_place(run):
            return True
    if not weigh(run, should_stop=should_stop) or hold_back(run):
        return False
    return _merge(run, on_progress=on_progress, should_stop=should_stop)


def _merge(
    run: ImportRun, *, on_progress: Callable[[ImportRun], None], should_stop: Callable[[], bool]
) -> bool:
    for part in range(run.parts_done, PARTITIONS):
        _merge_part(run, part)
        on_progress(run)
        if should_stop():
            return False
    return True


def _put_in_place(run: ImportRun) -> bool:
    try:
        with transaction.atomic():
            staging.put_in_place(run)
            later = run.rejected_rows.filter(reason__in=AFTER_LOADING).count()
            run.inserted, run.rejected = run.rows - later, run.rejected_rows.count()
            run.replaced_table = True
            run.save(update_fields=["inserted", "replaced_table", "rejected"])
    except staging.RegisterInUse:
        run.refresh_from_db()
        return False
    return True


@transaction.atomic
def _merge_part(run: ImportRun, part: int) -> None:
    """One partition and the note that it is done: a second merge would find it changed already."""
    set_doubtful_apart(run, part, issued_after=run.started_at)  # while the file waited
    supersede(run, part)
    for name, count in staging.merge_part(run, part).items():
        setattr(run, name, getattr(run, name) + count)
    run.parts_done, run.rejected = part + 1, run.rejected_rows.count()
    run.save(update_fields=[*MERGED, "parts_done", "rejected"])
