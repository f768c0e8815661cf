"""Adds what was committed since the last time to the counters, once and exactly.

The checkpoint is a snapshot of the database. What is new is what this statement sees and the
checkpoint's snapshot did not: so an entry of a slow transaction is counted when it commits, and
nothing waits for a transaction that still runs. Counters and checkpoint change in one statement: a
worker killed in the middle has done nothing. Sign-ups write no counter and take no lock of it.
"""

from django.db import connection, transaction

from core.cluster import OtherCluster, present_cluster
from dashboards.counting.facts import ACTIONS, FACTS, NOT_COUNTED
from dashboards.models import Checkpoint

FOLD = f"""
WITH {FACTS.format(which=NOT_COUNTED)}, counted AS (
    INSERT INTO dashboards_counter (figure, area, day, label, loaded, count)
    SELECT figure, area, day, label, false, count FROM sums
    ON CONFLICT (figure, area, day, label, loaded)
    DO UPDATE SET count = dashboards_counter.count + excluded.count
)
UPDATE dashboards_checkpoint SET snapshot = pg_current_snapshot()::text, folded_at = now(),
       folded = folded + (SELECT count(*) FROM fresh)
WHERE id = 1 RETURNING (SELECT count(*) FROM fresh)
"""  # noqa: S608 - our own literals

# What was counted is gone: both in one statement. Whoever arrives meanwhile waits for nothing.
ARRIVALS = """
WITH gone AS (DELETE FROM dashboards_arrival RETURNING at, device)
INSERT INTO dashboards_counter (figure, area, day, label, loaded, count)
SELECT 'arrivals', '', (at AT TIME ZONE 'Asia/Bangkok')::date, device, false, count(*)
FROM gone GROUP BY 3, 4
ON CONFLICT (figure, area, day, label, loaded)
DO UPDATE SET count = dashboards_counter.count + excluded.count
"""
# As above: how checks ended, by group.
OUTCOMES = """
WITH gone AS (DELETE FROM registration_groupoutcome RETURNING day, "group", ending)
INSERT INTO dashboards_counter (figure, area, day, label, loaded, count)
SELECT 'groups', '', day, "group" || ':' || ending, false, count(*) FROM gone GROUP BY 3, 4
ON CONFLICT (figure, area, day, label, loaded)
DO UPDATE SET count = dashboards_counter.count + excluded.count
"""


@transaction.atomic
def fold() -> int:
    """Count what is new; how many entries that were. 0 while another process folds.

    Raises OtherCluster when the transactions are not numbered as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('dashboards_fold'))")
        if not cursor.fetchone()[0]:
            return 0
        if checkpoint().cluster != present_cluster():
            raise OtherCluster("this is another database cluster: run `recount --repair`")
        cursor.execute(ARRIVALS)
        cursor.execute(OUTCOMES)
        cursor.execute(FOLD, {"actions": ACTIONS})
        folded: int = cursor.fetchone()[0]
    return folded


def checkpoint() -> Checkpoint:
    found, _new = Checkpoint.objects.get_or_create(pk=1, defaults={"cluster": present_cluster()})
    return found
