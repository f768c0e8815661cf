"""What got lost on the way is sent again, and what a dead worker held is taken back."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from core.hint_cache import redis_answers
from core.outbox.hints import messages_in, queue_of, send
from core.outbox.holding import claims_end_before
from core.outbox.models import Job, JobState
from core.outbox.services import survive
from core.upkeep.models import Progress

AT_ONCE = 500  # messages, so that the queue is never flooded
NAME = "sweep"  # of the row that says since when sweeps follow each other without a gap
UNDER_WAY = timedelta(seconds=4)  # a message younger than that may lie in no queue yet, or any more


def sweep() -> int:
    """Send what is due and has no message, take back what nobody holds any more. Returns how many
    were sent.
    """
    _take_back()
    if not redis_answers():
        return 0
    now = timezone.now()
    due = Job.objects.filter(state=JobState.READY, not_before__lte=now)
    unsent = due.filter(sent_at=None).order_by("not_before").values_list("pk", "kind")
    again = [*unsent[:AT_ONCE], *_lost(now)]
    for job_id, kind in again:
        send(job_id, kind=kind)
    return len(again)


def _take_back() -> None:
    """A database that was away, restarted or another one, says nothing of who lives: they renew
    once it is back. No sweep reached it meanwhile, either.
    """
    if _without_gap_for() < settings.JOB_CLAIM_LASTS / 2:
        return
    overdue = Job.objects.filter(state=JobState.CLAIMED, claimed_at__lt=claims_end_before())
    for job in overdue:
        survive(job)


def _without_gap_for() -> timedelta:
    """How long sweeps have followed each other, by the clock that claims are judged by: machines
    that sweep by turns may differ.
    """
    now, last = _database_time(), Progress.objects.filter(name=NAME).first()
    if last and abs(now - last.at) <= settings.JOB_CLAIM_LASTS:
        began = datetime.fromisoformat(last.place)
    else:
        began = now
    Progress.objects.update_or_create(name=NAME, defaults={"at": now, "place": began.isoformat()})
    return abs(now - began)


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def _lost(now: datetime) -> list[tuple[int, str]]:
    """Of the jobs of each queue as many as there are fewer messages, those sent longest ago first.
    What a worker has fetched beforehand counts as lost: one message more does nothing.
    """
    sent = Job.objects.filter(state=JobState.READY, not_before__lte=now, sent_at__isnull=False)
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, count in sent.values_list("kind").annotate(Count("pk")):
        kinds[queue_of(kind)][kind] = count
    lost: list[tuple[int, str]] = []
    for queue, counts in kinds.items():
        missing = sum(counts.values()) - messages_in(queue)
        settled = sent.filter(kind__in=counts, sent_at__lte=now - UNDER_WAY).order_by("sent_at")
        lost += settled.values_list("pk", "kind")[: max(0, min(missing, AT_ONCE))]
    return lost
