"""Whose turn it is in the citizens' queue, and for how long somebody who comes now would wait.

A message of the queue only says that there is something to do. Of what waits, the job of whoever
has the fewest before it is done, those of the last half minute included: each network a share,
however many jobs it has. An enrollment has one at a time of each kind already.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.origin import current_origin
from core.outbox.models import Job, JobState
from core.outbox.services import run

TRIES = 8  # so many workers may be after the same job at one moment
# What nobody's request asked for is one share together, however much of it there is.
SHARES = """
    WITH open AS (
        SELECT id, kind, subject, state, not_before, origin FROM outbox_job
        WHERE state IN ('ready', 'claimed') AND origin <> ''
            AND not_before <= %(now)s AND kind <> ALL(%(others)s)
        UNION ALL (
            SELECT id, kind, subject, state, not_before, origin FROM outbox_job
            WHERE state IN ('ready', 'claimed') AND origin = ''
                AND not_before <= %(now)s AND kind <> ALL(%(others)s)
            ORDER BY not_before LIMIT 100
        )
    )
"""
NEXT = (
    SHARES  # noqa: S608 - our own texts
    + """
    , served AS (
        SELECT origin, count(*) AS count FROM outbox_job
        WHERE finished_at >= %(since)s AND kind <> ALL(%(others)s) GROUP BY origin
    ), placed AS (
        SELECT open.*, coalesce(served.count, 0) + row_number() OVER (
            PARTITION BY origin ORDER BY state, not_before, id
        ) AS place FROM open LEFT JOIN served USING (origin)
    )
    SELECT id FROM placed WHERE state = 'ready' AND NOT EXISTS (
        SELECT 1 FROM open AS other WHERE other.state = 'claimed'
            AND other.kind = placed.kind AND other.subject = placed.subject
    )
    ORDER BY place, not_before, id LIMIT %(most)s
"""
)
BEFORE = (
    SHARES  # noqa: S608 - our own texts
    + """
    , mine AS (SELECT count(*) AS count FROM open WHERE origin = %(origin)s)
    SELECT coalesce(sum(least(shares.count, mine.count + 1)), 0) FROM mine, (
        SELECT origin, count(*) AS count FROM open GROUP BY origin
    ) AS shares
"""
)
SEEN_SECONDS = 30


def run_next(job_id: int) -> None:
    """What a message of a queue asks for: the job it names, or in the citizens' queue the one whose
    turn it is.
    """
    kind = Job.objects.filter(pk=job_id).values_list("kind", flat=True).first()
    if kind is None or kind in settings.JOB_QUEUES:
        run(job_id)
        return
    for turn in _turns():
        if run(turn):
            return


def _turns() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, _of_citizens() | {"most": TRIES})
        return [row[0] for row in cursor.fetchall()]


def seconds_to_wait() -> float:
    """How long somebody from the present origin would wait for a job asked for now: what would be
    done before it, at the pace of the last half minute or the one that is counted on.
    """
    ended = Job.objects.filter(finished_at__gte=_since(), state=JobState.DONE)
    pace = ended.exclude(kind__in=settings.JOB_QUEUES).count() / SEEN_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, _of_citizens() | {"origin": current_origin()})
        before = cursor.fetchone()[0]
    return float(before) / max(pace, settings.JOBS_A_SECOND)


def _of_citizens() -> dict[str, Any]:
    return {"now": timezone.now(), "since": _since(), "others": list(settings.JOB_QUEUES)}


def _since() -> datetime:
    return timezone.now() - timedelta(seconds=SEEN_SECONDS)
