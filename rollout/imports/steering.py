"""What administrators do with an import from the admin site: the work itself is done by jobs."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import Action
from audit.services import Actor, record
from dopa_portal.outbox.services import enqueue
from rollout.imports import services
from rollout.imports.checking import REASONS
from rollout.imports.folder import import_folder, waiting_files
from rollout.models import ImportRun, RunState

IMPORT = "rollout.import"


@transaction.atomic
def start(file_name: str, *, complete: bool, actor: Actor) -> ImportRun:
    """Begin an import of a file in the import folder; raises ImportRefused."""
    if file_name not in waiting_files():
        raise services.ImportRefused(_("There is no such file in the import folder."))
    run = services.begin(import_folder() / file_name, complete=complete, resume=False)
    enqueue(IMPORT, run.pk)
    record(Action.REGISTER_RECONCILED, run, actor=actor, step="started")
    return run


@transaction.atomic
def go_on(run: ImportRun, *, actor: Actor) -> None:
    """Continue a paused import where it stopped; raises ImportRefused."""
    paused = ImportRun.objects.filter(pk=run.pk, state=RunState.PAUSED)
    if not paused.update(state=RunState.LOADING, message=""):
        raise services.ImportRefused(_("This import is not paused."))
    enqueue(IMPORT, run.pk)
    record(Action.REGISTER_RECONCILED, run, actor=actor, step="continued")


STEPS = {
    "pause": services.pause,
    "continue": go_on,
    "cancel": services.cancel,
    "roll_back": services.roll_back,
}


def steps_of(run: ImportRun) -> list[str]:
    """The names in STEPS that can be taken now."""
    newest = ImportRun.objects.filter(state=RunState.DONE).first()
    possible = {
        RunState.LOADING: ["pause", "cancel"],
        RunState.PAUSED: ["continue", "cancel"],
        RunState.DONE: ["roll_back"] if newest == run else [],
    }
    return possible.get(run.state, [])


def rejected_lines(run: ImportRun) -> Iterator[tuple[object, str]]:
    """Line and reason of every rejected row, after a heading."""
    yield _("Line"), _("Reason")
    for line, reason in run.rejected_rows.values_list("line", "reason").iterator():
        yield line, str(REASONS[reason])


def progress(run: ImportRun) -> int:
    """How much of the file has been read, in percent; taking over comes after that."""
    return min(100, round(100 * run.bytes_done / max(1, run.file_bytes)))
