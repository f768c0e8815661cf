"""The role of 1548 is shut out of all that staff have, but for what is named here."""

import pytest
from django.test import Client
from django.urls import reverse

from offices.access import home_of
from offices.scoping import within_reach
from registration.models import Enrollment
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory, PilotMemberFactory
from tests.test_access import ARGUMENTS, OF_A_CASE, OF_A_PERSON, OF_THE_PILOT, ROWS, client_of

pytestmark = pytest.mark.django_db
STAFF = ("/staff/", "/admin/", "/api/v1/statistics/", "/api/v1/audit/")
# The own pages, and what everybody who works here has. All else is refused.
OPEN = {
    "dashboards:stop_report": 404,  # a link out of a mail, for whoever has it
    "help_line:home": 200,
    "help_line:search": 422,
    "help_line:code": 422,
    "help_line:look": 302,
    "help_line:suspend": 302,
    "help_line:step": 302,
    "help:index": 302,
    "review:entry": 302,  # leads to the queue, which refuses
    "staff_service": 200,
    "people:end_own_session": 404,
    "people:accept": 404,
    "dashboards:stop_summary": 404,  # by the link of a mail, whoever has it
    "admin:index": 302,  # to the sign-in of the admin site
    "audit_api:head": 404,  # public, and none is signed
    "audit_api:consistency": 400,
}


@pytest.fixture
def case() -> Enrollment:
    return EnrollmentFactory(state=State.WAITING_REVIEW)


@pytest.fixture
def agent() -> Client:
    return client_of("call_centre")


def address_of(name: str, case: Enrollment) -> str:
    arguments = dict(ARGUMENTS.get(name, {}))
    if name in OF_A_CASE:
        arguments["pk"] = case.pk
    if name in OF_THE_PILOT:
        arguments["pk"] = PilotMemberFactory(office=case.office).pk
    if name in OF_A_PERSON:
        arguments["pk"] = OfficerFactory().pk
    return reverse(name, kwargs=arguments)


def test_every_address_of_staff_refuses_an_agent_but_for_the_own(agent, case):
    addresses = {name: address_of(name, case) for name in ROWS}
    ours = {name: at for name, at in addresses.items() if at.startswith(STAFF)}
    got = {name: getattr(agent, ROWS[name][0])(at).status_code for name, at in ours.items()}
    assert got == dict.fromkeys(ours, 403) | OPEN
    assert len(ours) > 60


def test_a_post_where_others_read_is_refused_as_well(agent, case):
    names = [name for name in ROWS if name not in OPEN]
    ours = {name: address_of(name, case) for name in names}
    got = {name: agent.post(at).status_code for name, at in ours.items() if at.startswith(STAFF)}
    assert set(got.values()) <= {403, 405}


def test_no_guide_but_the_own_opens(agent):
    names = ("officer", "administrator", "auditor", "help-line")
    got = [agent.get(reverse("help:guide", args=[name])).status_code for name in names]
    assert got == [403, 403, 403, 200]
    assert agent.get(reverse("help:index")).url == reverse("help:guide", args=["help-line"])


@pytest.mark.parametrize("office", [None, "the case's"])
def test_no_row_is_within_reach_also_of_what_has_no_office(case, office):
    EnrollmentFactory(office=None)
    agent = OfficerFactory(call_centre=True, office=case.office if office else None)
    assert not Enrollment.objects.filter(within_reach(agent)).exists()


def test_work_begins_at_the_help_line_and_the_menu_has_nothing_else(agent):
    assert home_of(OfficerFactory(call_centre=True)) == "help_line:home"
    menu = agent.get(reverse("help_line:home")).text.partition("staff-menu")[2].partition("</nav>")
    shut = [reverse(name) for name in ("review:queue", "counter:home", "audit:list", "people:list")]
    assert [at for at in shut if f'"{at}"' in menu[0]] == []
    assert f'"{reverse("help_line:home")}"' in menu[0]
