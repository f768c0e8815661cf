"""The supervisor as a user sees it: started, asked twice, stopped."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from devstack.embedded.environment import running
from devstack.embedded.paths import ROOT
from devstack.embedded.ports import LOOPBACK, free_port
from devstack.embedded.postgres import SERVING
from tests.devstack.test_roles import CONNECTED

RUN = [sys.executable, "-m", "devstack.embedded.run"]
EXEC = [sys.executable, "-m", "devstack.embedded", "exec"]
ADDRESSES = "import os; print(os.environ['DATABASE_URL'])"


def start(folder: Path, port: int) -> subprocess.Popen:
    """A portal out of `folder`, with services of its own whatever the tests use."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    }
    ours = {"DOPA_VAR_DIR": str(folder), "PORT": str(port), "DOPA_SAMPLES": "0"}
    return subprocess.Popen(  # noqa: S603 - our own command
        RUN,
        cwd=ROOT,
        env=inherited | ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process: subprocess.Popen, end: str) -> str:
    """What it prints up to the line with `end`, or all of it."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if end in line:
            break
    return "".join(lines)


def processes_of(folder: Path) -> list[str]:
    """The command lines of everything that runs out of `folder`."""
    mine = f"DOPA_VAR_DIR={folder}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mine in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_text())
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """None of pytest's, which every pytest that starts closes to the account of PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="dopa-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o711)
        yield Path(made) / "var"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def runs(folder: Path) -> Iterator[list[subprocess.Popen]]:
    """The runs out of `folder`, one after the other."""
    runs = []
    yield runs
    for process in runs:
        process.kill()
        process.communicate()


@pytest.fixture
def portal_run(runs: list[subprocess.Popen], folder: Path, port: int) -> subprocess.Popen:
    """The portal as it runs, started anew where a test has stopped it."""
    if not runs or runs[-1].poll() is not None:
        runs.append(start(folder, port))
        printed = read_until(runs[-1], "The portal is at")
        assert re.search(rf"The portal is at http://localhost:{port}/ ", printed), printed
    return runs[-1]


def test_a_taken_port_ends_the_run_before_anything_starts(tmp_path: Path):
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with start(tmp_path, port) as process:
            printed = process.stdout.read()
    assert process.returncode == 1
    assert printed == (
        f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run\n"
    )
    assert not (tmp_path / "postgres").exists()


@pytest.mark.usefixtures("portal_run")
def test_the_portal_is_ready_when_it_says_so(port: int):
    with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/health/ready/") as answer:
        told = json.load(answer)
    assert [told["database"], told["redis"], "work" in told] == [True, True, True]


def test_a_second_run_in_the_same_folder_says_who_runs(folder: Path, portal_run: subprocess.Popen):
    with start(folder, free_port()) as second:
        printed = second.stdout.read()
    assert second.returncode == 1
    assert f"runs out of {folder} already (process {portal_run.pid})" in printed


def test_the_exit_code_of_a_command_is_passed_on():
    command = [*EXEC, "--throwaway", "--", "sh", "-c", "exit 7"]
    assert subprocess.call(command, cwd=ROOT) == 7  # noqa: S603 - our own command


@pytest.mark.usefixtures("portal_run")
def test_a_command_joins_the_running_services(folder: Path):
    done = subprocess.run(  # noqa: S603 - our own command
        [*EXEC, "--", sys.executable, "-c", ADDRESSES],
        env=os.environ | {"DOPA_VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == running(folder)["DATABASE_URL"]


@pytest.mark.usefixtures("portal_run")
def test_it_serves_under_the_role_that_owns_nothing(folder: Path):
    with psycopg.connect(running(folder)["DATABASE_URL"]) as owner:
        assert owner.execute(CONNECTED).fetchall() == [(SERVING,)]


def test_a_killed_worker_comes_back(folder: Path, portal_run: subprocess.Popen):
    (worker,) = children_of(portal_run.pid, "--queues=verification")
    os.kill(worker, signal.SIGKILL)
    assert "verification ended (signal 9); starts again in 1 s" in read_until(
        portal_run, "starts again"
    )
    deadline = time.monotonic() + 10
    while not children_of(portal_run.pid, "--queues=verification"):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_stopping_leaves_no_process_and_keeps_the_data(folder: Path, portal_run: subprocess.Popen):
    url = running(folder)["DATABASE_URL"]
    portal_run.terminate()
    assert portal_run.wait(60) == 0
    assert processes_of(folder) == []
    assert running(folder) is None
    assert (folder / "postgres" / "PG_VERSION").read_text().strip() == "18"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def children_of(parent: int, part: str) -> list[int]:
    """The processes that `parent` started with `part` in their command."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_text()
        except OSError:
            continue
        if int(status[1]) == parent and status[0] != "Z" and part in command:
            found.append(int(entry.name))
    return found
