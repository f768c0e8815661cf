"""Jobs short enough for a worker's limits, each asking for the next: slices of an import, calls."""

import time
from functools import partial

from audit.services import Actor
from core.outbox.models import Job
from core.outbox.services import complete, enqueue, handles
from rollout.following.models import Following, FollowingState
from rollout.following.services import FOLLOW, follow_some
from rollout.imports import services
from rollout.imports.sources import source_named
from rollout.imports.steering import IMPORT
from rollout.models import ImportRun, RunState
from rollout.pilot.models import PilotImport, PilotImportState
from rollout.pilot.services import carry_out
from rollout.pilot.steering import IMPORT as PILOT
from rollout.pilot.steering import tell
from rollout.services import current_phase, places_taken
from rollout.waiting.services import CALL, call_some

SLICE_SECONDS = 15  # a chunk in hand and the claim's 30 seconds have to fit around it
ACTOR = Actor.system("import")


def hold(job: Job) -> None:
    """An import whose slices keep failing waits for a person."""
    ImportRun.objects.filter(pk=job.subject, state=RunState.LOADING).update(
        state=RunState.PAUSED, message=f"Stopped after several failures: {job.error}"
    )


@handles(IMPORT, parked=hold)
def import_slice(job: Job) -> None:
    run = ImportRun.objects.get(pk=job.subject)
    deadline = time.monotonic() + SLICE_SECONDS
    if run.state in services.RUNNING:
        run = services.carry_out(
            run,
            source_named(run.file_name),
            workers=0,
            actor=ACTOR,
            time_is_up=lambda: time.monotonic() > deadline,
        )
    with complete(job):
        run.refresh_from_db()
        if run.state in services.RUNNING:
            enqueue(IMPORT, run.pk)


def hold_following(job: Job) -> None:
    """Digital IDs that keep failing to follow wait for a person, who lets them go on."""
    unfinished = Following.objects.filter(run=job.subject).exclude(state=FollowingState.DONE)
    unfinished.update(state=FollowingState.HELD)


@handles(FOLLOW, parked=hold_following)
def follow(job: Job) -> None:
    run = ImportRun.objects.get(pk=job.subject)
    deadline = time.monotonic() + SLICE_SECONDS
    finished = follow_some(run, actor=ACTOR, time_is_up=lambda: time.monotonic() > deadline)
    with complete(job):
        if not finished:
            enqueue(FOLLOW, run.pk)


def hold_pilot(job: Job) -> None:
    """A pilot's import that keeps failing waits for a person; nothing of it was written."""
    PilotImport.objects.filter(pk=job.subject, state=PilotImportState.WAITING).update(
        state=PilotImportState.PAUSED, message=f"Stopped after several failures: {job.error}"
    )


@handles(PILOT, parked=hold_pilot)
def import_pilot(job: Job) -> None:
    begun = PilotImport.objects.get(pk=job.subject)
    if begun.state == PilotImportState.WAITING:
        source = source_named(begun.file_name)
        carry_out(begun, source, actor=ACTOR, told=partial(tell, begun.pk))
    with complete(job):
        """What it did was written together already."""


def call_no_more(job: Job) -> None:
    """Whoever is left is called when the phase is changed the next time."""


@handles(CALL, parked=call_no_more)
def call(job: Job) -> None:
    phase = current_phase()
    places = max(0, phase.capacity - places_taken(phase)) if phase else 0
    call_some(job, phase=phase, places=places)
