"""Workers die and Redis forgets; the citizen gets the answer all the same, and once."""

import os
import signal
import time

import pytest

from devstack.demo.client import CitizenApp
from devstack.demo.over_http import OverHttp
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
from devstack.demo.specimens.portraits import Portraits
from tests.portal import Portal

ANSWER_WITHIN = 60.0


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
