"""What supervisors say of their offices before a province is opened, and who reads it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from core.thai_words import joined
from devstack.demo.signed_in import sign_in
from offices.models import Officer
from rollout.models import Matter, Phase, Preparation
from rollout.preparing import not_ready, offices_not_ready, say_ready
from rollout.start import start
from tests.factories import OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db
PAGE, SAY = "/staff/readiness/", "/staff/readiness/say/"


def client_as(officer: Officer) -> Client:
    client = Client()
    sign_in(client, officer)
    return client


@pytest.fixture
def supervisor() -> Officer:
    """Of one of two offices of province 12; 40 has another."""
    for code in ("1206", "1299", "4001"):
        OfficeFactory(code=code)
    return OfficerFactory(supervisor=True, office_id="1206")


def test_a_supervisor_says_it_of_the_own_office_and_takes_it_back(supervisor):
    client = client_as(supervisor)
    for ready in ("yes", "yes", "no", "no"):  # each once more: the page was old
        answer = client.post(SAY, {"matter": "training", "ready": ready})
        assert answer.headers["location"] == PAGE
    assert not Preparation.objects.exists()
    said = Entry.objects.filter(action__startswith="office.").order_by("pk")
    assert [(one.action, one.office, one.details["matter"]) for one in said] == [
        ("office.ready", "1206", "training"),
        ("office.not_ready", "1206", "training"),
    ]


@pytest.mark.parametrize("sent", [{}, {"matter": "office"}, {"matter": "training", "ready": "1"}])
def test_what_no_page_sends_changes_nothing(supervisor, sent):
    answer = client_as(supervisor).post(SAY, {"ready": "yes"} | sent)
    assert answer.status_code == 400
    assert not Preparation.objects.exists()


def test_nobody_says_it_of_a_whole_province_or_of_all(supervisor):
    for other in (OfficerFactory(office_id="1206", provincial=True), OfficerFactory()):
        with pytest.raises(PermissionDenied):
            say_ready(Matter.DEVICES, ready=True, officer=other)
    assert not Preparation.objects.exists()


def test_the_province_reads_its_own_offices_and_the_centre_those_it_chooses(supervisor):
    say_ready(Matter.DEVICES, ready=True, officer=supervisor)
    provincial = client_as(OfficerFactory(office_id="1299", provincial=True))
    central = client_as(OfficerFactory(administrator=True))
    shown = [one.office.pk for one in provincial.get(PAGE, {"province": "40"}).context["offices"]]
    assert shown == ["1206", "1299"]
    assert central.get(PAGE).context["offices"] == []
    chosen = central.get(PAGE, {"province": "12"}, headers={"accept-language": "th"})
    assert [one.office.pk for one in chosen.context["offices"]] == ["1206", "1299"]
    assert joined("ยังไม่ได้แจ้ง") in chosen.content.decode()
    wrong = central.get(PAGE, {"province": "99' OR 1=1"})
    assert (wrong.status_code, wrong.context["offices"]) == (422, [])


def test_the_plan_and_the_start_page_count_who_has_not_said_it(supervisor):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    Phase.objects.all().delete()
    Phase.objects.create(code="one", name="one", capacity=9, starts_on=today, provinces=["40"])
    wave = Phase.objects.create(
        code="two", name="two", capacity=9, starts_on=today + 30 * day, provinces=["12", "40"]
    )
    say_ready(Matter.TRAINING, ready=True, officer=supervisor)
    assert not_ready(Matter.TRAINING) == {"12": 1, "40": 1}
    assert not_ready(Matter.DEVICES) == {"12": 2, "40": 1}
    assert offices_not_ready(["12"]) == 2
    say_ready(Matter.DEVICES, ready=True, officer=supervisor)
    assert offices_not_ready(["12"]) == 1
    assert start().not_ready == 2
    assert start().steps[0][1] == reverse("plan:page") + "#provinces-title"
    Phase.objects.filter(pk=wave.pk).delete()
    assert start().not_ready == 0
