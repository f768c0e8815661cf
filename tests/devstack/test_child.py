import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devstack.embedded.child import LONGEST_LOG, Child
from devstack.embedded.ports import LOOPBACK, free_port, why_not
from tests.waiting import eventually

PARENT_WITH_CHILD = """
import sys, time
from pathlib import Path
from devstack.embedded.child import LONGEST_LOG, Child
child = Child("sleeper", ["sleep", "600"], log=Path(sys.argv[1]))
child.start()
print(child.process.pid, flush=True)
time.sleep(600)
"""


def gone(process: int) -> bool:
    """No such process, or one that only waits to be collected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_dead_child_comes_back_with_growing_pauses(tmp_path: Path):
    child = Child("brief", ["sh", "-c", "exit 3"], log=tmp_path / "log")
    child.start()
    pauses = []
    for _ in range(2):
        child.process.wait()
        assert child.tend() == f"brief ended (exit code 3); starts again in {child.pause:.0f} s"
        pauses.append(child.pause)
        child.restart_at = 0.0  # the pause is over
        assert child.tend() is None
    child.stop()
    assert pauses == [1.0, 2.0]


def test_a_child_that_ignores_every_request_is_killed(tmp_path: Path):
    child = Child(
        "stubborn", ["sh", "-c", "trap '' TERM; echo ready; sleep 600"], log=tmp_path / "log"
    )
    child.start()
    assert eventually(lambda: child.new_lines() == ["ready"])
    process = child.process
    child.stop(patience=0.2)
    assert process.returncode == -signal.SIGKILL


def test_a_long_log_is_put_aside_at_the_next_start(tmp_path: Path):
    log = tmp_path / "child.log"
    log.write_bytes(b"x" * (LONGEST_LOG + 1))
    child = Child("brief", ["echo", "again"], log=log)
    child.start()
    child.process.wait()
    assert log.read_text() == "again\n"
    assert (tmp_path / "child.old.log").stat().st_size == LONGEST_LOG + 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals the death of a parent")
def test_a_child_never_outlives_a_killed_parent(tmp_path: Path):
    parent = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", PARENT_WITH_CHILD, str(tmp_path / "log")], stdout=subprocess.PIPE
    )
    with parent:
        child = int(parent.stdout.readline())
        assert not gone(child)
        parent.kill()
        assert eventually(lambda: gone(child))


def test_a_taken_port_is_told_from_a_free_one():
    assert why_not(LOOPBACK, free_port()) is None
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        assert why_not(LOOPBACK, port) == f"Port {port} is taken by another program."
