"""Whoever came too early leaves an address, is told once, and is then forgotten."""

import json
from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry
from audit.services import Actor
from dopa_portal.outbox import services as outbox
from dopa_portal.outbox.models import Job, JobState
from rollout.models import Phase, WaitingPerson
from rollout.services import change_phase
from rollout.waiting import services
from rollout.waiting.services import leave_address

pytestmark = pytest.mark.django_db
LATER = reverse("rollout:later")


@pytest.fixture
def folder(settings, tmp_path):
    settings.MESSAGES_DIR = tmp_path / "messages"
    return settings.MESSAGES_DIR


def messages(folder) -> list[dict]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def close() -> None:
    Phase.objects.update(opens_self=False, opens_app=False)


def open_again() -> None:
    phase = Phase.objects.get(code="national")
    phase.opens_self, phase.starts_on = True, date(2023, 1, 20)
    change_phase(phase, actor=Actor.system("test"))


def work() -> None:
    while job := Job.objects.filter(state=JobState.READY).first():
        outbox.run(job.pk)


def three_wait() -> None:
    for last in range(3):
        leave_address(channel="sms", address=f"+6681234567{last}", language="th")


def test_who_comes_too_early_is_asked_for_an_address_which_is_sealed(client):
    close()
    refused = client.post(reverse("registration:start"))
    assert refused.status_code == 403
    assert LATER in refused.content.decode()
    assert client.post(LATER, {"contact": "081-234-5678"}).status_code == 302
    assert client.post(LATER, {"contact": "081-234-5678"}).status_code == 302
    person = WaitingPerson.objects.get()
    assert (person.channel, person.address) == ("sms", "+66812345678")
    assert b"812345678" not in bytes(person.address_sealed)
    assert "812345678" not in str(list(Entry.objects.values_list("details", "subject_id")))


def test_an_address_that_is_none_is_refused(client):
    assert client.post(LATER, {"contact": "tomorrow"}).status_code == 422
    assert not WaitingPerson.objects.exists()


def test_everybody_is_told_once_when_the_phase_opens_and_then_forgotten(folder, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    close()
    three_wait()
    open_again()
    work()
    assert len(messages(folder)) == 3
    assert not WaitingPerson.objects.exists()
    sent = Entry.objects.filter(action="notice.sent").order_by("id")
    assert [entry.details for entry in sent] == [{"people": 2}, {"people": 1}]


def test_no_more_are_called_than_there_are_places(folder):
    close()
    three_wait()
    Phase.objects.filter(code="national").update(capacity=2)
    open_again()
    work()
    assert (len(messages(folder)), WaitingPerson.objects.count()) == (2, 1)


def test_nobody_is_called_while_it_is_closed(folder):
    close()
    three_wait()
    change_phase(Phase.objects.get(code="national"), actor=Actor.system("test"))
    work()
    assert (messages(folder), WaitingPerson.objects.count()) == ([], 3)
