"""The job that takes a file of the pilot over."""

from functools import partial

from django.utils.translation import gettext_noop

from audit.services import Actor
from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete
from pilot.models import PilotImport, PilotImportState
from pilot.services import run_import
from pilot.steering import IMPORT, report_progress
from population.imports.sources import source_named

ACTOR = Actor.system("import")


def hold(job: Job) -> None:
    """A pilot's import that keeps failing waits for a person; nothing of it was written."""
    PilotImport.objects.filter(pk=job.subject, state=PilotImportState.WAITING).update(
        state=PilotImportState.PAUSED,
        message=gettext_noop("Stopped after several failures: %(error)s"),
        message_values={"error": job.error},
    )


@handles(IMPORT, parked=hold)
def import_pilot(job: Job) -> None:
    begun = PilotImport.objects.get(pk=job.subject)
    if begun.state == PilotImportState.WAITING:
        source = source_named(begun.file_name)
        run_import(begun, source, actor=ACTOR, on_progress=partial(report_progress, begun.pk))
    with complete(job):
        """What it did was written together already."""
