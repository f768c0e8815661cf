"""How the service is: words for everybody that tell no attacker a figure, figures for staff."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from core.outages import RETRY_AFTER_SECONDS
from core.outbox.models import Job
from core.upkeep.heartbeat import note_heartbeat
from core.upkeep.models import Progress
from dashboards.service import STEPS, WELL, figures, service_told
from registration.services.capture import READ_CARD
from rollout.models import Phase
from tests.test_access import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_work() -> None:
    note_heartbeat()


def waits(minutes: float) -> None:
    since = timezone.now() - timedelta(minutes=minutes)
    Job.objects.create(kind=READ_CARD, subject=uuid.uuid4(), not_before=since)


def close_all() -> None:
    Phase.objects.update(closed=True)


def test_all_is_well_while_nobody_waits_long():
    waits(0.2)
    assert [service_told().state, service_told().wait_minutes] == [WELL, None]


@pytest.mark.parametrize(("waited", "told"), [(0.7, 1), (1.5, 2), (4, 5), (29, 30), (600, 60)])
def test_a_long_wait_is_told_in_steps(waited, told):
    waits(waited)
    said = service_told()
    assert [said.state, said.wait_minutes, str(told) in str(said.text)] == ["slow", told, True]


def test_it_is_slow_while_nothing_begins_by_itself():
    Progress.objects.all().delete()
    assert [service_told().state, service_told().wait_minutes] == ["slow", STEPS[0]]


def test_a_closed_phase_is_told_with_the_day_of_the_next():
    close_all()
    assert [service_told().state, service_told().opens_on] == ["closed", None]
    day = timezone.localdate() + timedelta(days=9)
    Phase.objects.create(code="next", name="Next", capacity=1, starts_on=day)
    assert service_told().opens_on == day
    with override("en"):
        assert "goes on from" in Client().get("/status/", headers={"Accept-Language": "en"}).text


def test_the_page_tells_strangers_no_figure_of_the_queue(client):
    for _ in range(37):
        waits(3)
    page = client.get("/status/").text
    main = page[page.index("<main") : page.index("</main>")]
    shown = set(re.findall(r"(?<![\w-])\d+(?![\w-])", re.sub(r"<[^>]+>", " ", main)))
    assert shown <= {str(step) for step in STEPS}


def test_the_app_is_told_the_same(client):
    waits(4)
    said = client.get("/api/v1/status/").json()
    assert [said["state"], said["wait_minutes"], said["opens_on"]] == ["slow", 5, None]


@pytest.mark.parametrize("path", ["/status/", "/api/v1/status/"])
def test_without_the_database_it_is_503_with_words(path, monkeypatch):
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr("dashboards.service._closed", gone)
    answer = Client(raise_request_exception=False).get(path)
    assert [answer.status_code, answer.headers["Retry-After"]] == [503, str(RETRY_AFTER_SECONDS)]
    assert path.startswith("/api/") or 'href="/status/"' in answer.text


def test_staff_see_the_figures():
    waits(4)
    page = client_of("officer").get("/staff/status/", headers={"Accept-Language": "en"}).text
    assert figures().waiting == 1
    assert ["The oldest waits" in page, 'href="/staff/status/"' in page] == [True, True]
