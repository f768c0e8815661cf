"""Jobs short enough for a worker's limits, each asking for the next slice."""

import time

from django.utils.translation import gettext_noop

from audit.services import Actor
from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete, enqueue
from population.following import FOLLOW, follow_some
from population.imports import services
from population.imports.sources import source_named
from population.imports.steering import IMPORT
from population.models import UNDER_WAY, Following, FollowingState, ImportRun, RunState

SLICE_SECONDS = 15  # with a chunk in hand it has to end before CELERY_TASK_SOFT_TIME_LIMIT
ACTOR = Actor.system("import")


def hold(job: Job) -> None:
    """An import whose slices keep failing waits for a person."""
    ImportRun.objects.filter(pk=job.subject, state=RunState.LOADING).update(
        state=RunState.PAUSED,
        message=gettext_noop("Stopped after several failures: %(error)s"),
        message_values={"error": job.error},
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


def stop_following(job: Job) -> None:
    """Digital IDs that keep failing to follow wait for a person. What was counted so far is no
    figure to agree to: whoever lets them go on has them counted anew.
    """
    under_way = Following.objects.filter(run=job.subject, state__in=UNDER_WAY)
    under_way.update(state=FollowingState.STOPPED)


@handles(FOLLOW, parked=stop_following)
def follow(job: Job) -> None:
    run = ImportRun.objects.get(pk=job.subject)
    deadline = time.monotonic() + SLICE_SECONDS
    finished = follow_some(run, actor=ACTOR, should_stop=lambda: time.monotonic() > deadline)
    with complete(job):
        if not finished:
            enqueue(FOLLOW, run.pk)
