"""Workers die and Redis forgets; the citizen gets the answer all the same, and once."""

import os
import signal
import time
from collections.abc import Callable

import pytest
import requests

from devstack.demo.client import CitizenApp
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from tests.portal import Portal

ANSWER_WITHIN = 60.0


def parts_of(data: dict) -> list[tuple]:
    """The parts of a multipart body: pictures as files, lists as parts of one name."""
    values = [
        (name, one)
        for name, value in data.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return [
        (name, ("picture.jpg", one.read()) if hasattr(one, "read") else (None, str(one)))
        for name, one in values
    ]


class OverHttp:
    """What CitizenApp needs of a client, against the running portal."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def credentials(self, **headers: str) -> None:
        self.session.headers["Authorization"] = headers["HTTP_AUTHORIZATION"]

    def __getattr__(self, verb: str) -> Callable[..., requests.Response]:
        def send(path: str, data: dict | None, *, format: str) -> requests.Response:  # noqa: A002
            body = {"json": data} if format == "json" else {"files": parts_of(data)}
            return self.session.request(verb, self.url + path, timeout=30, **body)

        return send


@pytest.fixture
def app(portal: Portal) -> CitizenApp:
    citizen = CitizenApp()
    citizen.client = OverHttp(portal.url)
    citizen.start()
    return citizen


@pytest.fixture
def card(portraits: Portraits) -> tuple[bytes, bytes]:
    person = make_people(1, seed=51)[0]
    face = portraits.names(person.sex)[0]
    return Pictures(portraits, stranger=face, seed=51).card(person, face, "")


def wait_for_the_reading(app: CitizenApp) -> float:
    """Seconds until the card is read."""
    began = time.monotonic()
    while app.refresh()["step"] == "reading":
        assert time.monotonic() - began < ANSWER_WITHIN
        time.sleep(0.5)
    return time.monotonic() - began


def jobs_of(portal: Portal, app: CitizenApp) -> list[tuple]:
    return portal.query(
        "SELECT j.state, (SELECT count(*) FROM registration_evidence v WHERE v.enrollment_id = e.id"
        " AND v.kind = 'portrait') FROM outbox_job j JOIN registration_enrollment e"
        " ON e.id = j.subject WHERE e.reference = %s",
        app.state["reference"],
    )


def test_a_job_whose_worker_is_killed_is_done_again_and_once(portal, app, card):
    app.photograph_card(*card)
    os.killpg(portal.worker.process.pid, signal.SIGKILL)
    portal.worker.process.wait()
    portal.worker.start()
    wait_for_the_reading(app)
    assert app.state["step"] == "confirm"
    assert jobs_of(portal, app) == [("done", 1)]


def test_a_job_whose_message_is_wiped_is_sent_again(portal, app, card):
    portal.worker.stop()
    app.photograph_card(*card)
    portal.redis.flushall()
    portal.worker.start()
    wait_for_the_reading(app)
    assert app.state["step"] == "confirm"
    assert jobs_of(portal, app) == [("done", 1)]


def test_a_worker_gives_signs_of_life_for_its_queues(portal):
    ask = "from core.worker_heartbeats import queues_without_worker as q; print(*q())"
    deadline, silent = time.monotonic() + ANSWER_WITHIN, ""
    while silent != "imports" and time.monotonic() < deadline:
        silent = portal.manage("shell", "--verbosity=0", "-c", ask).strip()
    assert silent == "imports"
