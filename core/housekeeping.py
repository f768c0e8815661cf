"""What time ends. Each app names its duties, one task works on all of them, a gauge tells of each.

A duty is a generator: each step does a small piece of work, commits it, and says how many things
went. It may be broken off after any of them and begins anew where it was: what is overdue is asked
of the database, nothing is remembered. So no backlog is too large for it, only for the day.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

logger = logging.getLogger(__name__)
BATCH = 500
Work = Callable[[], Iterator[int]]
Oldest = Callable[[], datetime | None]


@dataclass(frozen=True)
class Duty:
    """`work()` as above; `oldest()` is when the oldest thing that is still there became overdue."""

    work: Work
    oldest: Oldest


_duties: dict[str, Duty] = {}


def duty(name: str, *, oldest: Oldest) -> Callable[[Work], Work]:
    """Register the decorated generator under a name, which is the label of its gauge."""

    def register(work: Work) -> Work:
        _duties[name] = Duty(work, oldest)
        return work

    return register


def forget_rows(
    name: str, rows: QuerySet[Any], *, field: str, kept: Callable[[], timedelta]
) -> None:
    """A duty that deletes `rows` once `field` is older than `kept()`."""

    def overdue() -> QuerySet[Any]:
        return rows.filter(**{f"{field}__lt": timezone.now() - kept()})

    def oldest() -> datetime | None:
        first: datetime | None = overdue().aggregate(first=Min(field))["first"]
        return first + kept() if first else None

    @duty(name, oldest=oldest)
    def work() -> Iterator[int]:
        while ids := list(overdue().order_by(field).values_list("pk", flat=True)[:BATCH]):
            overdue().filter(pk__in=ids).delete()
            yield len(ids)


def do_duties(*, within: timedelta) -> Counter[str]:
    """Work on all duties in turn, a step each, until nothing is overdue or the time is over.

    Returns how many things each ended. One that fails is left for the next time; the others go on.
    """
    end = time.monotonic() + within.total_seconds()
    working = {name: one.work() for name, one in _duties.items()}
    ended: Counter[str] = Counter()
    while working and time.monotonic() < end:
        for name, work in list(working.items()):
            try:
                ended[name] += next(work)
            except StopIteration:
                del working[name]
            except Exception:
                logger.exception("the duty %s failed", name)
                del working[name]
    return ended


def overdue_seconds() -> dict[str, float]:
    """Of each duty, for how long its oldest thing has been overdue; 0 where nothing is."""
    now = timezone.now()
    oldest = {name: one.oldest() for name, one in _duties.items()}
    return {
        name: max(0.0, (now - since).total_seconds()) if since else 0.0
        for name, since in oldest.items()
    }
