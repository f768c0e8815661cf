"""The database's machine is lost, and a replica takes its place."""

import time
from urllib.parse import urlsplit

from devstack.drill.outcome import Outcome
from devstack.drill.site import Site
from devstack.drill.waiting import kill, wait_until_it_writes
from devstack.embedded.postgres import BACKUP, Postgres


def drill(site: Site) -> Outcome:
    first = site.start()
    replica = replicate(site, first)
    writer = site.people_register(first, seconds=4)
    began = kill(first.child)
    site.tool("pg_ctl", "promote", "-D", replica.folder, "--wait")
    wait_until_it_writes(replica)
    site.answers_again(replica)
    back = time.monotonic() - began
    return Outcome(
        site.lost(replica, writer),
        back,
        site.auditor_sees(replica),
    )


def replicate(site: Site, cluster: Postgres) -> Postgres:
    """A copy that follows, as the role for backups, whose password lies in its own folder."""
    folder = site.room("replica")
    place = urlsplit(cluster.addresses[BACKUP])
    primary = f"host={place.hostname} port={place.port} user={BACKUP} password={place.password}"
    site.tool("pg_basebackup", "-D", folder, "-X", "stream", "--checkpoint=fast", cluster=cluster)
    (folder / "standby.signal").touch()
    configuration = folder / "postgresql.auto.conf"
    configuration.write_text(f"{configuration.read_text()}primary_conninfo = '{primary}'\n")
    return site.cluster("replica", copy_of=cluster)
