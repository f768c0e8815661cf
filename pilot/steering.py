"""What administrators do with a pilot's import from the admin site: a job does the work."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.outbox.services import enqueue
from pilot.contract import COLUMNS
from pilot.models import PilotImport, PilotImportState
from population.imports.steering import named
from registration.errors import Conflict

IMPORT = "pilot.import"
REMEMBERED_SECONDS = 120
TURNED = {
    PilotImportState.PAUSED: Action.PILOT_IMPORT_PAUSED,
    PilotImportState.WAITING: Action.PILOT_IMPORT_RESUMED,
    PilotImportState.CANCELLED: Action.PILOT_IMPORT_CANCELLED,
}


@transaction.atomic
def start(file_name: str, *, actor: Actor) -> PilotImport:
    """Begin with a file of the import folder or an object; raises ImportRefused."""
    source = named(file_name, COLUMNS)
    begun = PilotImport.objects.create(file_name=source.name)
    enqueue(IMPORT, begun.pk)
    record(Action.PILOT_IMPORT_STARTED, begun, actor=actor)
    return begun


def pause(pilot_import: PilotImport, *, actor: Actor) -> None:
    """Stop before anything is written; what has been done of it is given up."""
    _turn(pilot_import, actor, to=PilotImportState.PAUSED, before=[PilotImportState.WAITING])


@transaction.atomic
def resume(pilot_import: PilotImport, *, actor: Actor) -> None:
    _turn(pilot_import, actor, to=PilotImportState.WAITING, before=[PilotImportState.PAUSED])
    enqueue(IMPORT, pilot_import.pk)


def cancel(pilot_import: PilotImport, *, actor: Actor) -> None:
    unfinished = [PilotImportState.WAITING, PilotImportState.PAUSED]
    _turn(pilot_import, actor, to=PilotImportState.CANCELLED, before=unfinished)


@transaction.atomic
def _turn(
    pilot_import: PilotImport, actor: Actor, *, to: PilotImportState, before: list[PilotImportState]
) -> None:
    """Whoever takes a file over looks at its state before each batch and before the end."""
    if not PilotImport.objects.filter(pk=pilot_import.pk, state__in=before).update(state=to):
        raise Conflict("not_in_this_state", _("This import is no longer where that can be done."))
    record(TURNED[to], pilot_import, actor=actor)


STEPS = {"pause": pause, "continue": resume, "cancel": cancel}


def steps_of(pilot_import: PilotImport) -> list[str]:
    """The names in STEPS that can be taken now, and what the file's lever does."""
    possible: dict[str, list[str]] = {
        PilotImportState.WAITING: ["pause", "cancel"],
        PilotImportState.PAUSED: ["continue", "cancel"],
        PilotImportState.DONE: ["take_back"],
    }
    return possible.get(pilot_import.state, [])


@dataclass(frozen=True)
class Progress:
    """How many of the file's people are looked at, while that is being done; else nothing."""

    done: int = 0
    people: int = 0

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.people) if self.people else 0


def report_progress(pk: UUID, done: int, people: int) -> None:
    """Only a hint, as nothing of a file is in the database before all of it is."""
    cache.set(_key(pk), (done, people), REMEMBERED_SECONDS)


def progress(pilot_import: PilotImport) -> Progress:
    if pilot_import.state != PilotImportState.WAITING:
        return Progress()
    return Progress(*cache.get(_key(pilot_import.pk), ()))


def _key(pk: UUID) -> str:
    return f"pilot-import-{pk}"
