"""The disk of the database is full: first no table grows, then no log, which ends the database.

Somebody makes room. Whoever keeps the processes starts the database anew; nobody does more.
"""

import time
from contextlib import suppress

import psycopg

from devstack.drill.outcome import Outcome
from devstack.drill.portal import Portal
from devstack.drill.site import Site
from devstack.drill.small_disk import SmallDisk
from devstack.drill.waiting import WITHIN

MEBIBYTES = 768
STAYS_FULL = 3.0  # seconds, after the database has ended
MORE_LOG = "SELECT pg_logical_emit_message(false, 'drill', repeat('x', 1000000))"


def drill(site: Site) -> Outcome:
    disk = on_a_small_disk(site)
    portal = Portal(site)
    back, seen = fill(portal, disk)
    return portal.outcome(back, seen)


def on_a_small_disk(site: Site) -> SmallDisk:
    """The site's clusters are made on it from now on."""
    disk = SmallDisk(site.folder / "disk", MEBIBYTES)
    site.at_the_end.append(disk.release)
    site.clusters = disk.folder
    return disk


def fill(portal: Portal, disk: SmallDisk, *, stays: float = STAYS_FULL) -> tuple[float, str]:
    """Seconds from the moment that there is room again, and what was seen until then."""
    database, visitors = portal.cluster.child, portal.visitors
    began = time.time()
    disk.fill()
    visitors.refused_since(began, within=WITHIN)
    tables = time.time() - began
    with suppress(psycopg.Error), psycopg.connect(portal.cluster.url, autocommit=True) as owner:
        while True:
            owner.execute(MORE_LOG)
    deadline = time.monotonic() + WITHIN
    while database.running and time.monotonic() < deadline:
        time.sleep(0.1)
    ended = "ended" if not database.running else "lived"
    time.sleep(stays)
    disk.free()
    back = visitors.told_since(time.time(), within=WITHIN, meanwhile=database.tend)
    return back, f"refused {tables:.1f} s after it was full; the database {ended} without its log"
