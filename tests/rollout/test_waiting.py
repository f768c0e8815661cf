"""Whoever came too early leaves an address, is told once, and is then forgotten."""

import json
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from audit.models import Entry
from audit.services import Actor
from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from core.sending.senders import NotNow, NotSent
from registration.services.enrolling import accept_terms, start_enrollment
from registration.views.sessions import mark_of
from rollout import waiting as services
from rollout.models import Phase, WaitingPerson
from rollout.services import change_phase
from rollout.waiting import leave_address
from tests.factories import OfficeFactory
from tests.walks import Walk

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


def test_an_address_that_is_refused_keeps_nobody_from_being_called(folder, monkeypatch, settings):
    settings.SENDERS = settings.SENDERS | {"email": "tests.rollout.test_waiting.Refusing"}
    monkeypatch.setattr(services, "AT_ONCE", 2)
    close()
    for number in range(3):
        leave_address(channel="email", address=f"{number}@example.org", language="th")
    three_wait()
    open_again()
    work()
    assert len(messages(folder)) == 3
    assert {person.channel for person in WaitingPerson.objects.all()} == {"email"}
    assert not Job.objects.filter(state=JobState.PARKED).exists()


def test_where_no_message_leaves_nobody_is_passed_over(folder, settings):
    settings.SENDERS = settings.SENDERS | {"sms": "tests.rollout.test_waiting.Resting"}
    close()
    three_wait()
    before = list(WaitingPerson.objects.values_list("since", flat=True))
    open_again()
    outbox.run(Job.objects.get().pk)
    assert list(WaitingPerson.objects.values_list("since", flat=True)) == before
    assert Job.objects.get().state == JobState.READY


class Refusing:
    repeatable = True

    def hand_over(self, _message) -> None:
        raise NotSent("550")


class Resting:
    repeatable = True

    def hand_over(self, _message) -> None:
        raise NotNow("421")


def test_nobody_is_called_while_it_is_closed(folder):
    close()
    three_wait()
    change_phase(Phase.objects.get(code="national"), actor=Actor.system("test"))
    work()
    assert (messages(folder), WaitingPerson.objects.count()) == ([], 3)


def national(**values) -> None:
    phase = Phase.objects.get(code="national")
    for name, value in values.items():
        setattr(phase, name, value)
    change_phase(phase, actor=Actor.system("test"))


def test_the_first_page_says_which_provinces_are_open_and_offers_to_tell(client):
    OfficeFactory(code="1206", province_code="12", province_en="Nonthaburi")
    assert client.get(reverse("registration:home")).context["told"] == []
    national(provinces=["12"])
    page = client.get(reverse("registration:home"))
    assert "in some provinces for now: Nonthaburi." in page.content.decode()
    assert LATER in page.content.decode()


def test_the_first_page_says_when_it_is_closed_or_full(client):
    close()
    assert "not open this way" in client.get(reverse("registration:home")).content.decode()
    national(opens_self=True, capacity=1)
    accept_terms(start_enrollment()[0], version=settings.TERMS_VERSION)
    assert "All places" in client.get(reverse("registration:home")).content.decode()


def test_who_waits_for_a_province_is_told_when_that_one_opens(client, folder):
    OfficeFactory(code="1206", province_code="12")
    OfficeFactory(code="5001", province_code="50")
    for province, last in (("12", 1), ("50", 2)):
        contact = f"081-234-567{last}"
        assert client.post(LATER, {"contact": contact, "province": province}).status_code == 302
    national(provinces=["50"])
    work()
    assert [message["to"] for message in messages(folder)] == ["+66812345672"]
    national(provinces=["50", "12"])
    work()
    assert not WaitingPerson.objects.exists()


def test_an_address_left_again_for_another_province_waits_for_the_latter(client):
    OfficeFactory(code="1206", province_code="12")
    for province in ("", "12"):
        client.post(LATER, {"contact": "081-234-5671", "province": province})
    assert WaitingPerson.objects.get().province == "12"


def test_who_lives_in_a_province_that_is_not_open_yet_is_told_once_it_is_known(client):
    walk = Walk().to_confirm()
    national(provinces=["50"])
    session = client.session
    session["enrollment"] = str(walk.enrollment.pk)
    session["enrollment_token"] = mark_of(walk.enrollment)
    session.save()
    shown = client.get(reverse("registration:confirm")).context["form"].initial
    page = client.post(
        reverse("registration:confirm"),
        {name: value for name, value in shown.items() if value is not None},
    )
    assert page.status_code == 403
    assert "not open in your province yet" in page.content.decode()
    assert LATER in page.content.decode()
    assert (walk.enrollment.state, walk.enrollment.confirmed) == ("card_captured", None)
