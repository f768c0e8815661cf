"""From the last release to this one while people register: first the tables, then one process after
the other; then back to the last release, whose code has to serve on the new tables, and on again.
"""

import time
from collections.abc import Iterable
from itertools import pairwise

from devstack.drill.outcome import Outcome, Told
from devstack.drill.portal import Portal
from devstack.drill.release import Release, last_release
from devstack.drill.site import Site
from devstack.drill.waiting import WITHIN

GIVEN_UP = """
from core.outbox.models import Job, JobState
for job in Job.objects.filter(state=JobState.PARKED):
    print(job.kind)
"""


def drill(site: Site) -> Outcome:
    site.release = Release.of(last_release(), site.folder / "last")
    portal = Portal(site)
    began = time.time()
    seen = upgrade(portal, back_again=True)
    longest = longest_silence(portal.visitors.told, since=began)
    return portal.outcome(longest, *seen, faults=given_up(portal))


def upgrade(portal: Portal, *, back_again: bool) -> list[str]:
    """A line for each step, once people have been served after it."""
    last, new = portal.site.release, Release.here()
    seen = [_step(portal, "the tables were changed", lambda: _change_tables(portal, new))]
    ways = [(new, "this release"), *([(last, "the last one"), (new, "this one")] * back_again)]
    for release, name in ways:
        seen.append(_step(portal, f"{name} took over", lambda to=release: portal.become(to)))
    return seen


def _change_tables(portal: Portal, new: Release) -> None:
    last, portal.site.release = portal.site.release, new
    portal.site.bring_up_to_date(portal.cluster)
    portal.site.release = last


def _step(portal: Portal, words: str, act) -> str:
    began = time.time()
    act()
    took = time.time() - began
    portal.visitors.told_since(time.time(), within=WITHIN)
    portal.visitors.read_since(len(portal.visitors.read) + 1, within=WITHIN)
    return f"{words} in {took:.1f} s, and people were served"


def given_up(portal: Portal) -> list[str]:
    """Jobs that one release planned and the other could not do."""
    said = portal.site.say(portal.cluster, GIVEN_UP)
    return [f"a job was given up: {line}" for line in said.splitlines() if line]


def longest_silence(told: Iterable[Told], *, since: float) -> float:
    """Seconds in which nobody was told that something of theirs is kept."""
    moments = sorted(one.at for one in told if one.at >= since)
    return max((after - before for before, after in pairwise([since, *moments])), default=0.0)
