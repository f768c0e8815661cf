"""The database's machine is lost. What is left is a base backup and the WAL that was streamed."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from devstack.drill.outcome import Outcome
from devstack.drill.site import Site
from devstack.drill.waiting import kill, wait_until_it_writes
from devstack.embedded.child import Child
from devstack.embedded.postgres import Postgres

SLOT = "archive"


@dataclass(frozen=True)
class Backup:
    """Files of the cluster as it was once, and everything that it has written since."""

    base: Path
    archive: Path
    receiver: Child


def drill(site: Site) -> Outcome:
    first = site.start()
    backup = begin_backup(site, first)
    writer = site.people_register(first, seconds=4)
    began = kill(first.child)
    shutil.rmtree(first.folder, ignore_errors=True)
    restored = restore(site, first, backup)
    site.answers_again(restored)
    back = time.monotonic() - began
    return Outcome(site.lost(restored, writer), back, site.auditor_sees(restored))


def begin_backup(site: Site, cluster: Postgres) -> Backup:
    archive, base = site.room("wal"), site.room("base")
    receiver = receive(site, cluster, archive)
    site.tool("pg_basebackup", "-D", base, "-X", "none", "--checkpoint=fast", cluster=cluster)
    site.tool("pg_verifybackup", "--no-parse-wal", base)
    return Backup(base, archive, receiver)


def receive(site: Site, cluster: Postgres, archive: Path) -> Child:
    """Whatever the cluster writes is written here as well, from now on; the slot keeps what is not
    here yet.
    """
    where = ["-D", str(archive), f"--slot={SLOT}"]
    site.tool("pg_receivewal", *where, "--create-slot", cluster=cluster)
    command, environment = site.asking("pg_receivewal", *where, "--synchronous", cluster=cluster)
    receiver = Child(
        "receiver",
        command,
        log=site.folder / "receiver.log",
        env=environment,
        account=site.account,
    )
    receiver.start()
    site.children.append(receiver)
    return receiver


def restore(site: Site, lost: Postgres, backup: Backup, **until: str) -> Postgres:
    """The backup, and all of the WAL after it, or as far as `until` says."""
    backup.receiver.stop()
    for segment in backup.archive.glob("*.partial"):
        segment.rename(segment.with_suffix(""))
    (backup.base / "recovery.signal").touch()
    backup.base.rename(site.folder / "restored")
    command = f"cp {backup.archive}/%f %p"
    again = site.cluster("restored", copy_of=lost, restore_command=command, **until)
    wait_until_it_writes(again)
    return again
