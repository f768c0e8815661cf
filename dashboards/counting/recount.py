"""Counts the whole log again and compares, while the portal goes on."""

import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from core.cluster import present_cluster
from dashboards.counting.facts import ACTIONS, FACTS, SEEN
from dashboards.counting.fold import checkpoint
from dashboards.models import Checkpoint, Counter

# Sealed months that left the database cannot be counted again: earlier days stay as they are.
FIRST_DAY = "SELECT min((at AT TIME ZONE 'Asia/Bangkok')::date) FROM audit_entry"
COMPARE = f"""
WITH {FACTS.format(which=SEEN)}
SELECT figure, area, day, label, COALESCE(kept.count, 0), COALESCE(sums.count, 0)
FROM sums FULL JOIN (
    SELECT * FROM dashboards_counter
    WHERE NOT loaded AND day >= %(first)s
      AND figure NOT IN ('arrivals', 'groups')  -- these are not in the log
) AS kept USING (figure, area, day, label)
WHERE COALESCE(kept.count, 0) <> COALESCE(sums.count, 0)
ORDER BY day, figure, area, label
"""  # noqa: S608 - our own literals


class Difference(NamedTuple):
    figure: str
    area: str
    day: datetime.date
    label: str
    kept: int
    counted: int


@transaction.atomic
def recount(*, repair: bool = False) -> list[Difference]:
    """Where the counters are not what the log says; `repair` makes them so.

    Counts exactly the entries that the checkpoint says are in, so nobody has to hold still; folds
    wait meanwhile. After a move to another cluster, `repair` first sets the checkpoint to now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dashboards_fold'))")
        place = checkpoint()
        if repair and place.cluster != present_cluster():
            _begin_anew()
        cursor.execute(FIRST_DAY)
        first = cursor.fetchone()[0] or datetime.date.max
        cursor.execute(COMPARE, {"actions": ACTIONS, "first": first})
        found = [Difference(*row) for row in cursor.fetchall()]
    if repair:
        _repair(found)
    return found


def _begin_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, COALESCE(max(id), 0) FROM audit_entry")
        snapshot, floor = cursor.fetchone()
    Checkpoint.objects.update(snapshot=snapshot, floor_entry=floor, cluster=present_cluster())


def _repair(found: list[Difference]) -> None:
    for one in found:
        cell: dict[str, Any] = {
            "figure": one.figure,
            "area": one.area,
            "day": one.day,
            "label": one.label,
        }
        if one.counted:
            Counter.objects.update_or_create(**cell, loaded=False, defaults={"count": one.counted})
        else:
            Counter.objects.filter(**cell, loaded=False).delete()
