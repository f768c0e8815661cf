"""Somebody empties a table. It comes back out of a copy that is restored, beside, to the moment
before; the portal itself never goes back in time, so nothing else is lost and its log stays whole.
"""

import time

import psycopg

from devstack.drill.backup import begin_backup, restore
from devstack.drill.outcome import Outcome
from devstack.drill.site import Site
from devstack.embedded.postgres import OWNER, Postgres

TABLE = "population_record"
PROMOTED = {"recovery_target_action": "promote"}
SETTLED = 1.0  # seconds; a moment can be found again once something was committed after it


def drill(site: Site) -> Outcome:
    first = site.start()
    backup = begin_backup(site, first)
    writer = site.people_register(first, seconds=2)
    moment = now(first)
    time.sleep(SETTLED)
    with psycopg.connect(first.url) as owner:
        owner.execute(f"TRUNCATE {TABLE}")
    began = time.monotonic()
    time.sleep(SETTLED)
    past = restore(site, first, backup, recovery_target_time=moment, **PROMOTED)
    dump = site.room("dumps") / "table.dump"
    what = ["--data-only", f"--table-and-children={TABLE}", "dopa"]
    site.tool("pg_dump", "-Fc", "-f", dump, *what, cluster=past)
    site.tool("pg_restore", "--data-only", "-d", "dopa", dump, cluster=first, role=OWNER)
    back = time.monotonic() - began
    writer.stop()
    return Outcome(site.lost(first, writer), back, site.auditor_sees(first))


def now(cluster: Postgres) -> str:
    with psycopg.connect(cluster.url) as connection:
        return connection.execute("SELECT clock_timestamp()::text").fetchone()[0]
