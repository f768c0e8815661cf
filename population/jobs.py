"""Jobs short enough for a worker's limits, each asking for the next slice."""

import time

from audit.services import Actor
from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete, enqueue
from population.following import FOLLOW, follow_some
from population.imports import services
from population.imports.sources import source_named
from population.imports.steering import IMPORT
from population.models import Following, FollowingState, ImportRun, RunState

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
        run = services.run_import(
            run,
            source_named(run.file_name),
            workers=0,
            actor=ACTOR,
            should_stop=lambda: time.monotonic() > deadline,
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
    finished = follow_some(run, actor=ACTOR, should_stop=lambda: time.monotonic() > deadline)
    with complete(job):
        if not finished:
            enqueue(FOLLOW, run.pk)
