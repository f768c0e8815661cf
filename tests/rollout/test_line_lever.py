"""The lever of the line: two administrators, an effect in people, an entry in the log."""

import re

import pytest
from django.urls import reverse

from audit.models import Entry
from offices.models import Proposal
from rollout.line_lever import rounded
from rollout.models import LineRule, Stretch
from tests.levers import administrators_client, agreed_by_another, asked_for
from tests.rollout.lines import drawn_before, stands_at

pytestmark = pytest.mark.django_db
ADD = reverse("admin:rollout_linerule_add")
CHANGE = reverse("admin:rollout_linerule_change", args=[1])


@pytest.fixture
def waiting(line):
    LineRule.objects.all().delete()
    drawn_before(2600)
    stands_at(-2600, per_minute=10)


@pytest.fixture(autouse=True)
def by_itself(settings):
    settings.LINE_MODE = "itself"


def test_one_alone_changes_nothing_and_two_do(waiting):
    maker = administrators_client()
    maker.post(ADD, {"mode": "closed", "per_minute": 0})
    proposal = asked_for(maker)
    assert (LineRule.objects.count(), proposal.people, proposal.subject) == (0, 600, "1")
    agreed_by_another(proposal)
    assert LineRule.objects.get().mode == "closed"
    assert Stretch.objects.latest("pk").per_minute == 0.0
    entry = Entry.objects.get(action="line.changed")
    assert entry.details == {"mode": "closed", "per_minute": 0}


def test_a_rule_that_is_there_is_changed_by_two_and_has_a_way_back(waiting):
    LineRule.objects.create(pk=1, mode="closed")
    maker = administrators_client()
    maker.post(CHANGE, {"mode": "at_most", "per_minute": 30})
    proposal = asked_for(maker)
    assert proposal.people == 1000  # 600 an hour, then 1,800: to one digit that counts
    agreed_by_another(proposal)
    rule = LineRule.objects.get()
    assert (rule.mode, rule.per_minute) == ("at_most", 30)
    maker.post(f"/staff/levers/{proposal.pk}/back/")
    assert asked_for(maker).new == {"mode": "closed", "per_minute": 0}


@pytest.mark.parametrize("wrong", [{"mode": "at_most", "per_minute": 0}, {"mode": "sometimes"}])
def test_a_rule_that_makes_no_sense_is_not_asked_for(waiting, wrong):
    maker = administrators_client()
    answer = maker.post(ADD, {"per_minute": 0} | wrong)
    assert (answer.status_code, Proposal.objects.count()) == (200, 0)


def test_opening_it_again_names_those_who_would_be_called_in_an_hour(waiting, settings):
    settings.JOBS_A_SECOND = 1.0  # 24 starts a minute
    LineRule.objects.create(pk=1, mode="closed")
    stands_at(-2600)
    maker = administrators_client()
    maker.post(CHANGE, {"mode": "itself", "per_minute": 0})
    assert asked_for(maker).people == 1000  # 1,440 to one digit


def test_letting_everybody_in_names_those_who_wait(waiting):
    maker = administrators_client()
    maker.post(ADD, {"mode": "off", "per_minute": 0})
    assert asked_for(maker).people == 3000


def test_the_number_stays_while_hundreds_come_and_it_is_typed():
    assert [rounded(one) for one in (0, 0.4, 7, 14, 96, 2600, 94_000)] == [
        0, 0, 7, 10, 100, 3000, 90_000,
    ]  # fmt: skip


def test_the_start_page_shows_the_line(waiting):
    page = administrators_client().get(reverse("admin:index"), headers={"Accept-Language": "en"})
    for shown in ("People who wait to begin", "2,600", "Called a minute"):
        assert shown in page.text
    assert re.search(r"Called a minute(?:<[^>]*>|\s)+10<", page.text)


def test_the_metrics_have_it(waiting, client, settings):
    settings.METRICS_TOKEN = "for-the-test"
    told = client.get("/metrics/", headers={"Authorization": "Bearer for-the-test"}).text
    assert "dopa_line_waiting 26" in told
    assert "dopa_line_called_per_minute 10.0" in told
