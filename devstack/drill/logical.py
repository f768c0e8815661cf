"""A dump is restored into a cluster that knows nothing: the way of last resort, and of upgrades."""

import re
import time

from devstack.drill.outcome import Outcome
from devstack.drill.site import ADMINISTRATOR, Site
from devstack.drill.waiting import kill
from devstack.embedded.postgres import OWNER, Postgres

DUMP_EVERY = 10.0  # seconds of writing after the dump that the drill lets be lost
LOST = re.compile(r"says --lost (\d+)")


def drill(site: Site) -> Outcome:
    first = site.start()
    writer = site.people_register(first, seconds=3)
    dump = site.room("dumps") / "dopa.dump"
    site.tool("pg_dump", "-Fc", "-f", dump, "dopa", cluster=first)
    time.sleep(2)  # and people go on registering
    began = kill(first.child)
    other = site.cluster("other")
    listed = site.tool("pg_restore", "--list", dump)
    wanted = site.folder / "dumps" / "wanted"
    # Extensions are the superuser's and there already; nobody else may say anything about them.
    wanted.write_text(
        "".join(line for line in listed.splitlines(keepends=True) if " EXTENSION " not in line)
    )
    site.tool(
        *["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error"],
        *["-L", wanted, "-d", "dopa", dump],
        cluster=other,
        role=OWNER,
    )
    adopted = adopt(site, other)
    site.bring_up_to_date(other)
    site.answers_again(other)
    back = time.monotonic() - began
    site.manage(other, "recount", "--repair")
    return Outcome(
        site.lost(other, writer),
        back,
        f"{adopted}\n{site.auditor_sees(other)}",
    )


def adopt(site: Site, cluster: Postgres) -> str:
    """The log goes on, once somebody says by name how much of what was signed is lost."""
    decision = ["audit", "adopt", "--head", str(site.heads), "--by", ADMINISTRATOR]
    first = site.try_manage(cluster, *decision, role=OWNER)
    if first.code == 0:
        return first.said
    lost = LOST.search(first.said)
    again = [*decision, "--lost", lost.group(1)] if lost else decision
    return site.manage(cluster, *again, role=OWNER)
