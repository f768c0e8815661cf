"""One import of the register, from the file to the report; and the way back."""

from collections.abc import Callable
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from rollout.imports import staging
from rollout.imports.contract import BadFile
from rollout.imports.loading import fingerprint, load_file
from rollout.models import RESUMABLE, ImportRun, RunState


class ImportRefused(Exception):
    """The import cannot be done now; the message says why and what to do."""


def begin(path: Path, *, complete: bool, resume: bool) -> ImportRun:
    """A new run for the file, or with `resume` the one that was interrupted."""
    open_run = ImportRun.objects.filter(state__in=RESUMABLE).first()
    if resume:
        if open_run is None:
            raise ImportRefused("There is no interrupted import to resume.")
        if bytes(open_run.fingerprint) != fingerprint(path):
            raise ImportRefused(
                f"The interrupted import was of {open_run.file_name}, not this file."
            )
        return open_run
    if open_run is not None:
        raise ImportRefused(
            f"An import of {open_run.file_name} is not finished. Resume it or cancel it first."
        )
    try:
        with transaction.atomic():
            run = ImportRun.objects.create(
                file_name=path.name,
                file_bytes=path.stat().st_size,
                fingerprint=fingerprint(path),
                complete=complete,
            )
            staging.make_staging(run)
    except IntegrityError as error:
        raise ImportRefused("Another import has just begun.") from error
    return run


def carry_out(
    run: ImportRun, path: Path, *, workers: int, told: Callable[[ImportRun], None], actor: Actor
) -> ImportRun:
    """Load, take over, count. Safe to be killed anywhere and called again."""

    def go_on() -> bool:
        _count(run)
        told(run)
        return run.state == RunState.LOADING

    try:
        if run.state != RunState.MERGING:
            ImportRun.objects.filter(pk=run.pk).update(state=RunState.LOADING)
            run.refresh_from_db()
            if not load_file(run, path, workers=workers, go_on=go_on):
                return run
            _move_to_merging(run)
        _take_over(run)
    except BadFile as problem:
        _end(run, RunState.FAILED, actor=actor, message=str(problem))
        staging.drop_staging(run)
    else:
        _end(run, RunState.DONE, actor=actor)
    return run


def _count(run: ImportRun) -> None:
    """What the ledger says so far, and whether somebody wants a pause."""
    sums = run.chunks.aggregate(rows=Sum("rows"), rejected=Sum("rejected"), size=Sum("size"))
    ImportRun.objects.filter(pk=run.pk).update(
        rows=sums["rows"] or 0, rejected=sums["rejected"] or 0, bytes_done=sums["size"] or 0
    )
    run.refresh_from_db()


def _move_to_merging(run: ImportRun) -> None:
    with transaction.atomic():
        staging.reject_twins(run)
        run.state = RunState.MERGING
        run.rejected = run.rejected_rows.count()
        run.save(update_fields=["state", "rejected"])


def _take_over(run: ImportRun) -> None:
    if run.inserted == 0 and staging.register_is_empty():
        for part in range(staging.PARTITIONS):
            staging.index_part(run, part)
        with transaction.atomic():
            run.inserted, run.replaced_table = staging.put_in_place(run), True
            run.save(update_fields=["inserted", "replaced_table"])
        return
    for part in range(staging.PARTITIONS):
        with transaction.atomic():
            for name, count in staging.merge_part(run, part).items():
                setattr(run, name, getattr(run, name) + count)
            run.save(update_fields=["inserted", "changed", "unchanged", "removed"])
    staging.drop_staging(run)


@transaction.atomic
def _end(run: ImportRun, state: RunState, *, actor: Actor, message: str = "") -> None:
    run.state, run.finished_at, run.message = state, timezone.now(), message[:300]
    run.save(update_fields=["state", "finished_at", "message"])
    failed = state == RunState.FAILED
    counts = {} if failed else {name: getattr(run, name) for name in COUNTS}
    action = Action.REGISTER_IMPORT_FAILED if failed else Action.REGISTER_IMPORTED
    record(action, run, actor=actor, **counts)


COUNTS = ("rows", "rejected", "inserted", "changed", "unchanged", "removed")


@transaction.atomic
def cancel(run: ImportRun, *, actor: Actor) -> None:
    """Give an unfinished import up; nothing of it was ever visible."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in (RunState.LOADING, RunState.PAUSED):
        raise ImportRefused("This import can no longer be cancelled. It can be rolled back.")
    staging.drop_staging(locked)
    _end(locked, RunState.CANCELLED, actor=actor)


def pause(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk, state=RunState.LOADING).update(state=RunState.PAUSED)


@transaction.atomic
def roll_back(run: ImportRun, *, actor: Actor) -> None:
    """Put the register back as it was before the newest finished run."""
    newest = ImportRun.objects.select_for_update().filter(state=RunState.DONE).first()
    if newest is None or newest.pk != run.pk:
        raise ImportRefused("Only the newest finished import can be rolled back.")
    staging.undo(newest)
    newest.state = RunState.ROLLED_BACK
    newest.save(update_fields=["state"])
    record(Action.REGISTER_ROLLED_BACK, newest, actor=actor)
