"""Two web servers that share nothing but database, Redis and a bucket. One dies; then the bucket is
gone for some seconds.
"""

import time

from devstack.drill.outcome import Outcome
from devstack.drill.portal import Portal
from devstack.drill.site import Site
from devstack.drill.waiting import WITHIN, kill

AWAY = 6.0  # seconds


def drill(site: Site) -> Outcome:
    portal = Portal(site)
    alone, away = lose_a_server(portal), lose_the_bucket(portal)
    seen = f"served after {alone:.1f} s by the other server, {away:.1f} s after the bucket went"
    return portal.outcome(max(alone, away), seen)


def lose_a_server(portal: Portal) -> float:
    died = time.time()
    kill(portal.servers[0].child)
    back = portal.visitors.told_since(died, within=WITHIN)
    portal.servers[0].child.start()
    return back


def lose_the_bucket(portal: Portal, *, away: float = AWAY) -> float:
    gone = time.time()
    kill(portal.bucket.child)
    time.sleep(away)
    portal.bucket.start(log=portal.bucket.child.log)
    return portal.visitors.told_since(gone, within=WITHIN)
