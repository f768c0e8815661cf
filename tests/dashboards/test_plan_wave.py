"""Several regions and provinces tried at once, and asked for: by the path of two administrators."""

import datetime

import pytest
from django.urls import reverse

from dashboards.models import Eligible
from dashboards.plan.figures import read_figures
from dashboards.plan.forms import PlanForm
from dashboards.plan.wave import few_of
from offices.lever_views import DRAFT
from offices.models import Proposal
from rollout.models import Phase
from tests.dashboards.test_plan import PACE, coming_month, figures
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client
from tests.test_access import client_of

pytestmark = pytest.mark.django_db
__all__ = ["figures"]
PAGE, ASK = "/staff/rollout/plan/", "/staff/rollout/plan/ask/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def country(figures):
    """Beside the open 12 and 40 of the phase in two years: 41 and 50 that no phase opens."""
    for code, people in (("4101", 50_000), ("5001", 30_000)):
        OfficeFactory(code=code)
        Eligible.objects.create(office_code=code, people=people)
    OfficerFactory(office_id="4101")
    return read_figures(figures.today)


def tried(**query):
    answer = client_of("administrator").get(PAGE, query | {"month": coming_month()})
    return answer.context


@pytest.mark.parametrize(
    ("query", "opened"),
    [
        ({"region": ["northeast"]}, {"40", "41"}),
        ({"region": ["northeast", "north"]}, {"40", "41", "50"}),
        ({"province": ["50"]}, {"50"}),
        ({"region": ["east"], "province": ["41", "50"]}, {"41", "50"}),  # 12 is open
    ],
)
def test_regions_and_provinces_open_together(country, query, opened):
    assert tried(**query)["wave"].codes == opened


def test_the_wave_tells_cases_officers_and_the_day_of_all_of_them_together(country):
    # 200,000 + 50,000 + 30,000 of whom 100 in 97,200 sign up on a day, and every tenth is a case.
    shown = tried(region=["northeast"], province=["50"])
    wave = shown["wave"]
    cases = 280_000 * 100 / 97_200 * 0.1
    assert (wave.left, wave.cases, wave.officers) == (280_000, pytest.approx(cases), 1)
    assert wave.needed == 9  # 28.8 a calendar day are 40.3 a working day; the two decide five each
    alone = tried(province=["50"])["tried"].reached
    assert shown["planned"].reached > alone > shown["tried"].reached


def test_what_is_open_is_no_wave_and_nothing_is_asked_for(country):
    query = {"province": "12", "month": coming_month()}
    client = administrators_client()
    text = client.get(PAGE, query, headers=ENGLISH).text
    assert "All of them are open already." in text
    assert reverse("plan:ask") not in text
    answer = client.post(f"{ASK}?province=12&month={query['month']}")
    assert answer.url == f"{PAGE}?province=12&month={query['month']}"


def test_provinces_that_a_later_phase_leaves_out_are_warned_of(country):
    phase = Phase.objects.get(code="two")
    assert tried(province=["40"])["wave"].narrower == []
    assert tried(province=["40", "41"])["wave"].narrower == [phase]


def test_what_is_put_off_is_said(country):
    soon = country.today + datetime.timedelta(days=1)
    Phase.objects.filter(code="two").update(starts_on=soon)
    assert len(tried(province=["40", "50"])["wave"].sooner) == 1


def test_a_new_phase_is_filled_in_and_takes_two_administrators(country):
    client, month = administrators_client(), coming_month()
    answer = client.post(f"{ASK}?region=northeast&province=50&month={month}", {"phase": ""})
    page = client.get(answer.url)
    form = page.context["adminform"].form
    filled = {name: form[name].value() for name in ("starts_on", "provinces")}
    given = filled | {"code": "isan", "name": "Isan", "capacity": "300000", "opens_office": "on"}
    assert client.post(answer.url, given).url == reverse("levers:ask")
    assert not Phase.objects.filter(code="isan").exists()
    asked = client.session[DRAFT]["new"]
    assert (asked["starts_on"], asked["provinces"]) == (month, ["12", "40", "41", "50"])


@pytest.mark.parametrize(
    ("query", "given"),
    [("", {}), ("province=99", {}), ("province=41&month=x", {}), ("province=41", {"phase": "no"})],
)
def test_what_makes_no_wave_leads_back_to_the_plan(country, query, given):
    answer = administrators_client().post(f"{ASK}?{query}", given)
    assert answer.url == f"{PAGE}?{query}"
    assert Proposal.objects.count() == 0


def test_the_waves_to_come_name_their_provinces(country):
    names = country.names(["12", "40"])
    text = client_of("administrator").get(PAGE, headers=ENGLISH).text
    assert ", ".join(names) in text
    many = [f"P{number}" for number in range(6)]
    assert [few_of(many[:4]), few_of(many)] == ["P0, P1, P2, P3", "P0, P1, P2, P3 and 2 more"]


def test_the_boxes_of_the_provinces_are_open_where_one_is_ticked(country):
    assert PlanForm({"province": ["41"]}, pace=PACE, places=country.places)["province"].value()
    pages = [client_of("administrator").get(PAGE, query).text for query in ({}, {"province": "41"})]
    assert ['<details class="plan-form__provinces" open>' in page for page in pages] == [0, 1]
