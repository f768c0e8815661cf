"""One import of the register, from the file to the report; and the way back."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict

from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.services import Actor, record
from population.following import ask_to_follow
from population.imports import staging
from population.imports.contract import COLUMNS, BadFile
from population.imports.declaring import UNDECLARED, UNSAID, Declared, refuse_what_was_not_declared
from population.imports.formats import find_format
from population.imports.loading import load_chunks
from population.imports.reconciling import reconcile
from population.imports.sources import Source, fingerprint, size_of
from population.imports.taking_over import MERGED, take_over
from population.imports.throttling import yield_to_traffic
from population.models import RESUMABLE, ImportRun, RunState

COUNTS = ("rows", "rejected", *MERGED)
ENDED = {
    RunState.DONE: Action.REGISTER_IMPORTED,
    RunState.FAILED: Action.REGISTER_IMPORT_FAILED,
    RunState.CANCELLED: Action.REGISTER_IMPORT_CANCELLED,
}
RUNNING = (RunState.LOADING, RunState.MERGING)
IMPORT_LOCK = 0x696D706F7274  # "import"
TOO_LONG_AGO = gettext_lazy(
    "This import ended too long ago to be rolled back: what people's rows were before is no longer"
    " kept. Import a file that is right instead."
)


class ImportRefused(Exception):
    """The import cannot be done now; the message says why and what to do."""


def begin(
    source: Source, *, complete: bool, resume: bool, declared: Declared = UNSAID
) -> ImportRun:
    """A new run for the file, or with `resume` the one that was interrupted."""
    open_run = ImportRun.objects.filter(state__in=RESUMABLE).first()
    if resume:
        if open_run is None:
            raise ImportRefused(_("There is no interrupted import to resume."))
        if bytes(open_run.fingerprint) != fingerprint(source):
            raise ImportRefused(
                _("The interrupted import was of %(file)s, not this file.")
                % {"file": open_run.file_name}
            )
        return open_run
    if open_run is not None:
        raise ImportRefused(
            _("An import of %(file)s is not finished. Resume it or cancel it first.")
            % {"file": open_run.file_name}
        )
    if complete and not declared.anything:
        raise ImportRefused(UNDECLARED)
    try:
        with transaction.atomic():
            run = ImportRun.objects.create(
                file_name=source.name,
                file_bytes=size_of(source),
                fingerprint=fingerprint(source),
                complete=complete,
                declared_rows=declared.rows,
                declared_sha256=declared.sha256,
            )
            staging.make_staging(run)
    except IntegrityError as error:
        raise ImportRefused(_("Another import has just begun.")) from error
    return run


def run_import(
    run: ImportRun,
    source: Source,
    *,
    workers: int,
    actor: Actor,
    on_progress: Callable[[ImportRun], None] = lambda run: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> ImportRun:
    """Load, take over, count. Safe to be killed anywhere and called again.

    Returns early, the run unfinished, when somebody paused or cancelled it or `should_stop()`.
    Raises ImportRefused when another process is at it, staging.RegisterBusy when the register
    cannot be exchanged now.
    """
    with import_lock():
        run.refresh_from_db()
        try:
            loaded = _load(
                run, source, workers=workers, on_progress=on_progress, should_stop=should_stop
            )
        except BadFile as problem:
            _end(run, RunState.FAILED, actor=actor, problem=problem)
            return run
        if loaded and take_over(
            run, workers=workers, on_progress=on_progress, should_stop=should_stop
        ):
            _end(run, RunState.DONE, actor=actor)
    return run


@contextmanager
def import_lock() -> Iterator[None]:
    """Two processes at the same import would undo each other; the lock goes with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportRefused(_("Another process is working on an import at this moment."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORT_LOCK])


def _load(
    run: ImportRun,
    source: Source,
    *,
    workers: int,
    on_progress: Callable[[ImportRun], None],
    should_stop: Callable[[], bool],
) -> bool:
    """Whether the whole file is in the staging table."""
    if run.state == RunState.MERGING:
        return True
    ImportRun.objects.filter(pk=run.pk, state=RunState.PAUSED).update(state=RunState.LOADING)
    run.refresh_from_db()
    if run.state != RunState.LOADING:
        return False
    if not run.file_format:
        run.file_format = asdict(find_format(source, COLUMNS))
        run.save(update_fields=["file_format"])
    with closing(load_chunks(run, source, workers=workers)) as loaded:
        for _chunk in loaded:
            _count(run)
            on_progress(run)
            yield_to_traffic()
            run.refresh_from_db(fields=["state"])
            if run.state != RunState.LOADING or should_stop():
                return False
    refuse_what_was_not_declared(run, source)
    loading = ImportRun.objects.filter(pk=run.pk, state=RunState.LOADING)
    moved = loading.update(state=RunState.MERGING)
    run.refresh_from_db()
    return bool(moved)


def _count(run: ImportRun) -> None:
    """What the ledger says so far, and whether somebody wants a pause."""
    sums = run.chunks.aggregate(rows=Sum("rows"), rejected=Sum("rejected"), size=Sum("size"))
    ImportRun.objects.filter(pk=run.pk).update(
        rows=sums["rows"] or 0, rejected=sums["rejected"] or 0, bytes_done=sums["size"] or 0
    )
    run.refresh_from_db()


@transaction.atomic
def _end(run: ImportRun, state: RunState, *, actor: Actor, problem: BadFile | None = None) -> None:
    run.state, run.finished_at, run.sampled = state, timezone.now(), {}
    run.message, run.message_values = (problem.said, problem.values) if problem else ("", {})
    run.save(update_fields=["state", "finished_at", "sampled", "message", "message_values"])
    if not run.replaced_table:
        staging.drop_staging(run)
    counts = {name: getattr(run, name) for name in COUNTS}
    if state == RunState.DONE:
        reconcile(run)
        ask_to_follow(run)
    else:
        run.held_rows.all().delete()
    record(ENDED[state], run, actor=actor, state=state.value, **counts)


@transaction.atomic
def cancel(run: ImportRun, *, actor: Actor) -> None:
    """Give an unfinished import up; nothing of it was ever visible."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in (RunState.LOADING, RunState.PAUSED, RunState.HELD):
        raise ImportRefused(_("This import can no longer be cancelled. It can be rolled back."))
    _end(locked, RunState.CANCELLED, actor=actor)


@transaction.atomic
def pause(run: ImportRun, *, actor: Actor) -> None:
    """Stop after the chunks in hand; resuming goes on from there."""
    loading = ImportRun.objects.filter(pk=run.pk, state=RunState.LOADING)
    if loading.update(state=RunState.PAUSED):
        record(Action.REGISTER_IMPORT_PAUSED, run, actor=actor)


@transaction.atomic
def roll_back(run: ImportRun, *, actor: Actor) -> None:
    """Put the register back as it was before the newest finished run."""
    newest = ImportRun.objects.select_for_update().filter(state=RunState.DONE).first()
    if newest is None or newest.pk != run.pk:
        raise ImportRefused(_("Only the newest finished import can be rolled back."))
    if not newest.may_be_rolled_back:
        raise ImportRefused(TOO_LONG_AGO)
    staging.undo(newest)
    newest.held_rows.all().delete()
    newest.state = RunState.ROLLED_BACK
    newest.save(update_fields=["state"])
    ask_to_follow(newest)
    record(Action.REGISTER_ROLLED_BACK, newest, actor=actor)
