"""The clock of all machines of the portal is set two hours back, then a day ahead, then right; the
store keeps its own.
"""

import os
import time
from datetime import UTC, datetime, timedelta

import psycopg

from devstack.drill.outcome import Outcome
from devstack.drill.portal import Portal
from devstack.drill.site import Site
from devstack.drill.waiting import WITHIN
from devstack.embedded.account import open_programs
from devstack.embedded.paths import package_dir

BACK, AHEAD, RIGHT = timedelta(hours=-2), timedelta(days=1), timedelta()
SHIM = "vendor/libfaketime/src/libfaketime.so.1"
HEARTBEAT = "SELECT at FROM upkeep_progress WHERE name = 'heartbeat'"
USE = """
from datetime import timedelta
from core.guard import once
print("first" if once.claim("drill", "a code", keep=timedelta(minutes=2)) else "used")
"""
FORGET = """
from datetime import timedelta
from core.housekeeping import do_duties
do_duties(within=timedelta(seconds=20))
"""


class Clock:
    """Of every process that the site starts from now on, this one apart; nothing else is shifted,
    and how long something takes is measured as ever.
    """

    def __init__(self, site: Site) -> None:
        package = package_dir("libfaketime")
        open_programs(package, site.account)
        self.file = site.folder / "clock"
        self.shift = RIGHT
        self.set(RIGHT)
        shim = {
            "LD_PRELOAD": str(package / SHIM),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        site.environment |= shim
        os.environ.update(shim)  # PostgreSQL and Valkey have it from here
        site.at_the_end.append(lambda: [os.environ.pop(name) for name in shim])

    def set(self, shift: timedelta) -> None:
        self.shift = shift
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{shift.total_seconds():+.0f}")
        fresh.chmod(0o644)
        fresh.replace(self.file)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


def drill(site: Site) -> Outcome:
    clock = Clock(site)
    portal = Portal(site)
    used = [is_used(portal)]
    back = step(portal, clock, BACK)
    used.append(is_used(portal))
    ahead = step(portal, clock, AHEAD)
    site.say(portal.cluster, FORGET)
    right = step(portal, clock, RIGHT)
    served = portal.visitors.told_since(time.time(), within=WITHIN)
    used.append(is_used(portal))
    return portal.outcome(
        max(back, ahead, right, served),
        f"work was done {back:.1f} s after two hours back, {ahead:.1f} s after a day ahead, "
        f"{right:.1f} s after it was right; then people were served in {served:.1f} s",
        faults=[] if used == [False, True, True] else [f"a code was used twice: {used}"],
    )


def is_used(portal: Portal) -> bool:
    """A code that is good once; afterwards it is."""
    return "used" in portal.site.say(portal.cluster, USE).split()


def step(portal: Portal, clock: Clock, shift: timedelta) -> float:
    """Seconds until work that begins by itself was done under the new time."""
    began = time.time()
    clock.set(shift)
    since = clock.now()
    while time.time() < began + WITHIN:
        with psycopg.connect(portal.cluster.url) as connection:
            (at,) = connection.execute(HEARTBEAT).fetchone() or (None,)
        if at and since <= at <= clock.now():
            return time.time() - began
        time.sleep(0.1)
    raise TimeoutError("no work is done after the clock was set")
