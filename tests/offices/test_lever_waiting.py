"""A change that waits for a second person: who hears of it, and what becomes of it unanswered."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.outbox.models import Job
from core.outbox.services import run
from core.sending.models import Delivery
from offices.account_news import ANSWERED, ASKED
from offices.lever_views import waiting_for
from offices.models import Officer, Proposal
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client, agreed_by_another, asked_for, declined
from tests.offices.test_levers import fill_in
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
LIST = reverse("levers:list")


def told(kind: str) -> set[Officer]:
    return {Officer.objects.get(pk=job.subject) for job in Job.objects.filter(kind=kind)}


def asked(administrator: Officer) -> Proposal:
    client = administrators_client(administrator)
    fill_in(client, capacity=1)
    return asked_for(client)


def test_whoever_may_answer_is_told_and_nobody_else(administrator):
    other = OfficerFactory(administrator=True)
    OfficerFactory(administrator=True, is_active=False)
    OfficerFactory()
    asked(administrator)
    assert told(ASKED) == {other}


def test_what_an_office_asks_for_its_province_is_told(client):
    near, far = OfficeFactory(code="1206"), OfficeFactory(code="5001")
    supervisor = OfficerFactory(office=near, role="supervisor")
    officers = [OfficerFactory(office=office, role="provincial") for office in (near, far)]
    sign_in(client, supervisor)
    proposal = Proposal.objects.create(
        lever="staff", subject=str(OfficerFactory(office=near).pk), old={}, new={}, people=1,
        reason="A reason of some length.", asked_by=supervisor, office=near,
    )  # fmt: skip
    assert [waiting_for(one) for one in (*officers, supervisor)] == [1, 0, 0]
    sign_in(client, officers[0])
    page = client.get("/staff/queue/", headers={"Accept-Language": "en"}).text
    assert "1 change waits for your answer" in page
    Proposal.objects.filter(pk=proposal.pk).update(answer="declined")
    assert "waits for your answer" not in client.get("/staff/queue/").text


@pytest.mark.parametrize("answered", [agreed_by_another, declined])
def test_whoever_asked_is_told_of_the_answer(administrator, answered):
    answered(asked(administrator))
    assert told(ANSWERED) == {administrator}


def test_whoever_withdraws_is_told_nothing(administrator):
    declined(asked(administrator), client=administrators_client(administrator))
    assert told(ANSWERED) == set()


def test_the_mail_goes_out_and_nothing_of_the_change_is_kept_with_it(administrator):
    OfficerFactory(administrator=True)
    proposal = asked(administrator)
    job = Job.objects.get(kind=ASKED)
    run(job.pk)
    assert Job.objects.filter(pk=job.pk, state="done").exists()
    assert Delivery.objects.count() == 1
    assert proposal.reason not in str(Delivery.objects.values())


def test_what_nobody_answered_stands_with_the_answered(administrator):
    proposal = asked(administrator)
    client = administrators_client()
    before = client.get(LIST).context
    assert [len(before["waiting"]), len(before["done"])] == [1, 0]
    late = timezone.now() - settings.LEVER_WAITS_FOR - timedelta(minutes=1)
    Proposal.objects.filter(pk=proposal.pk).update(asked_at=late)
    after = client.get(LIST, headers={"Accept-Language": "en"})
    assert [len(after.context["waiting"]), len(after.context["done"])] == [0, 1]
    assert "Not answered in time" in after.text
