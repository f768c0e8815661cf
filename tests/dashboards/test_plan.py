"""The plan of the rollout: from the figures that are there, and what another plan would come to."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from dashboards.models import Counter, Eligible
from dashboards.plan.figures import OF_LATE, Figures, Readiness, read_figures, readiness
from dashboards.plan.forms import PlanForm
from offices.models import Officer
from registration.models import Decision
from rollout.forecast import Pace
from rollout.models import Matter, Phase, Preparation
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.test_access import client_of

pytestmark = pytest.mark.django_db
PACE = Pace(signups=100 / 97_200, cases=0.1, decisions=10, officers=1)


def count(figure: str, label: str, number: int, *areas: str) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    for area in ("", *areas):
        Counter.objects.create(figure=figure, area=area, day=yesterday, label=label, count=number)


def coming_month() -> str:
    choices = PlanForm(pace=PACE, places=[]).fields["month"].choices
    return next(value for value, _name in choices if value)


@pytest.fixture
def figures() -> Figures:
    """Chonburi-like 12 is open, with 2,800 of 100,000; Khon Kaen's 40 has a wave in two years."""
    today = timezone.localdate()
    Phase.objects.all().delete()
    for code, starts, provinces in (("one", -60, ["12"]), ("two", 730, ["12", "40"])):
        Phase.objects.create(
            code=code,
            name=code,
            capacity=250_000,
            starts_on=today + datetime.timedelta(days=starts),
            provinces=provinces,
        )
    for code, people in (("1206", 100_000), ("4001", 200_000)):
        OfficeFactory(code=code)
        Eligible.objects.create(office_code=code, people=people)
    officer = OfficerFactory(office_id="1206")
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    OfficerFactory(office_id="1206", is_active=False)
    count("signups", "self", 2800, "12", "1206")
    count("review", "send_to_review", 280)
    count("review", "approve", 150)
    count("review", "reject", 50)
    return read_figures(today)


def test_the_pace_is_that_of_the_last_four_weeks(figures):
    # 2,800 in 28 days of 97,200 who are left; 280 cases; 200 decisions of one in 20 working days.
    assert figures.pace == PACE
    assert (figures.total, figures.waiting, figures.goal) == (2800, 0, 250_000)
    wave = figures.today + datetime.timedelta(days=730)
    assert figures.planned == {"12": figures.today, "40": wave}


def test_the_goal_is_of_phases_that_are_or_will_be_in_force(figures):
    """A typing mistake in one that is closed or over is no goal."""
    today = figures.today
    long_ago = {"starts_on": today - datetime.timedelta(days=900)}
    for code, values in (("typo", {"starts_on": today, "closed": True}), ("over", long_ago)):
        Phase.objects.create(code=code, name=code, capacity=600_000_000, **values)
    Phase.objects.filter(code="two").update(capacity=900_000)
    assert read_figures(today).goal == 900_000
    Phase.objects.filter(code="two").update(closed=True)
    assert read_figures(today).goal == 250_000


def test_readiness_says_who_is_there_set_up_has_decided_and_was_here(figures):
    officer, long_ago = Officer.objects.get(is_active=True), timezone.now() - OF_LATE
    nobody = {"practised": 0, "signed_in": 0, "wait": None, "untrained": 1, "unequipped": 1}
    there = {"officers": 1, "set_up": 1, "empty_offices": 0} | nobody
    none = {"officers": 0, "set_up": 0, "empty_offices": 1} | nobody
    Officer.objects.filter(pk=officer.pk).update(last_login=long_ago)
    assert readiness(figures.places, figures.today) == {
        "12": Readiness(**there),
        "40": Readiness(**none),
    }
    Decision.objects.create(enrollment=EnrollmentFactory(), officer=officer, move="approve")
    Officer.objects.filter(pk=officer.pk).update(last_login=timezone.now())
    Preparation.objects.create(office_id="1206", matter=Matter.TRAINING)
    found = readiness(figures.places, figures.today)["12"]
    assert found == Readiness(**there | {"practised": 1, "signed_in": 1, "untrained": 0})


def test_opening_isan_earlier_reaches_the_goal_earlier(figures):
    client = client_of("administrator")
    month = coming_month()
    as_planned = client.get(reverse("plan:page")).context
    tried = client.get(reverse("plan:page"), {"region": "northeast", "month": month}).context
    assert as_planned["tried"] is None
    assert tried["planned"] == as_planned["planned"]
    assert tried["tried"].reached < tried["planned"].reached
    assert tried["tried"].busiest.cases > tried["planned"].months[1].cases


def test_other_officers_and_another_pace_can_be_tried(figures):
    form = PlanForm(
        {"officers": "7", "signups": "500", "cases": "", "decisions": ""},
        pace=PACE,
        places=figures.places,
    )
    assert form.is_valid()
    assert form.tried() == Pace(signups=0.005, cases=0.1, decisions=10, officers=7)
    assert form.opened() is None


@pytest.mark.parametrize(
    "query",
    [
        {"region": "south"},
        {"province": "40"},
        {"month": coming_month()},
        {"officers": "-1"},
        {"region": "moon"},
        {"province": "99"},
    ],
)
def test_what_makes_no_plan_is_told_and_the_plan_stays(figures, query):
    answer = client_of("administrator").get(reverse("plan:page"), query)
    assert answer.status_code == 422
    assert answer.context["tried"] is None
    assert "error-summary" in answer.content.decode()


def test_without_figures_the_page_asks_for_them():
    Phase.objects.all().delete()
    answer = client_of("administrator").get(reverse("plan:page"), headers={"accept-language": "en"})
    assert "Nobody signed up in the last four weeks" in answer.content.decode()


def test_a_region_of_many_provinces_costs_no_more_queries(figures, django_assert_num_queries):
    client = client_of("administrator")
    client.get(reverse("plan:page"))
    with django_assert_num_queries(17):
        client.get(reverse("plan:page"))
    for code in ("4101", "4201", "4301"):
        OfficeFactory(code=code)
    with django_assert_num_queries(17):
        client.get(reverse("plan:page"))
