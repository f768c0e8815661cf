"""`make run` starts beat and worker anew when no work is done, however alive they are."""

import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from core.upkeep.pulse import Pulse
from devstack.embedded.child import Child
from devstack.embedded.pulse import told_by
from devstack.embedded.run import Supervisor


def beats(answers: list[bool | None], *, patience: float) -> list[bool]:
    pulse = Pulse(lambda: answers.pop(0), patience=patience, every=0)
    found = []
    while answers:
        time.sleep(0.02)
        found.append(pulse.stopped())
    return found


def test_work_that_is_done_or_of_which_nobody_can_tell_is_left_alone():
    assert beats([True, None] * 10, patience=0.1) == [False] * 20


def test_work_that_is_not_done_is_told_of_once_in_its_time():
    assert sum(beats([False] * 30, patience=0.25)) == 2


@pytest.fixture
def health_page():
    """A real page that says what it is told to."""

    class Page(BaseHTTPRequestHandler):
        said = b'{"database": true, "redis": true, "work": false}'

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.said)

        def log_message(self, *_: object) -> None:
            """Silence."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield Page, server.server_port
        server.shutdown()


def test_the_health_page_is_believed(health_page):
    page, port = health_page
    address = f"http://127.0.0.1:{port}/health/ready/"
    assert told_by(address) is False
    page.said = b'{"work": true}'
    assert told_by(address) is True
    page.said = b"<html>"
    assert told_by(address) is None
    assert told_by("http://127.0.0.1:1/health/ready/") is None


def test_beat_and_worker_are_started_anew_and_nothing_else(health_page, tmp_path, monkeypatch):
    _page, port = health_page
    supervisor = Supervisor(tmp_path, host="127.0.0.1", port=port)
    monkeypatch.setattr(supervisor, "services", type("None", (), {"children": []}))
    for name in ("web", "worker", "beat"):
        child = Child(
            name,
            [sys.executable, "-c", "import time; time.sleep(60)"],
            log=tmp_path / name,
            stop_signals=(signal.SIGTERM,),
        )
        supervisor.children.append(child)
        child.start()
    before = {child.name: child.process.pid for child in supervisor.children}
    address = f"http://127.0.0.1:{port}/health/ready/"
    supervisor.pulse = Pulse(lambda: told_by(address), patience=0.3, every=0)
    until = time.monotonic() + 1
    while supervisor.children[2].process.pid == before["beat"] and time.monotonic() < until:
        supervisor._tend()
    after = {child.name: child.process.pid for child in supervisor.children if child.running}
    for child in supervisor.children:
        child.stop()
    assert {name for name in before if after[name] != before[name]} == {"worker", "beat"}
