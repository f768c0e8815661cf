"""The importer killed outright while its workers load, then resumed: the same to the row."""

import os
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection

from demo.population import write_population
from rollout.models import ImportRun, RunState
from tests.rollout.runs import digest_of_file, digest_of_register

ROWS = 400_000


def importer(*arguments: object) -> subprocess.Popen:
    parts = settings.DATABASES["default"]
    host = str(parts["HOST"]).replace("/", "%2F")
    port = f":{parts['PORT']}" if parts["PORT"] else ""
    name = connection.settings_dict["NAME"]
    url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{host}{port}/{name}"
    command = [sys.executable, "manage.py", "import_population", "--skip-checks"]
    return subprocess.Popen(  # noqa: S603 - our own command
        [*command, *map(str, arguments)],
        env=os.environ | {"DATABASE_URL": url},
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
    )


def wait_for_a_chunk(process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while not ImportRun.objects.filter(chunks__number__gte=0).exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_kill_nine_and_resume_give_the_same_register(offices, tmp_path):
    path = tmp_path / "register.csv"
    write_population(path, ROWS)
    first = importer(path)
    wait_for_a_chunk(first)
    first.kill()
    first.wait()
    assert ImportRun.objects.get().state == RunState.LOADING
    assert importer(path, "--resume").wait(120) == 0
    run = ImportRun.objects.get()
    assert (run.state, run.rows, run.inserted, run.rejected) == ("done", ROWS, ROWS, 0)
    assert digest_of_register() == digest_of_file(run)
