"""One person in several offices: in one of them at a time, and the same person in all of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from audit.models import Entry
from offices import memberships, people
from offices.models import Membership, Officer, Proposal
from registration.models import Enrollment
from registration.services.review import take_case
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.levers import REASON, administrators_client, agreed_by_another, asked_for, prove_factor

pytestmark = pytest.mark.django_db
ACTING = "/staff/office/"


@pytest.fixture
def supervisor() -> Officer:
    return OfficerFactory(supervisor=True)


@pytest.fixture
def provincial(supervisor) -> Officer:
    return OfficerFactory(provincial=True, office=supervisor.office)


@pytest.fixture
def near():
    return OfficeFactory(code="1299", province_code="12")


@pytest.fixture
def far():
    return OfficeFactory(code="5001", province_code="50")


@pytest.fixture
def both(supervisor, near, administrator) -> Officer:
    """An officer of the supervisor's office who works for the one nearby as well."""
    officer = OfficerFactory(office=supervisor.office)
    memberships.add_membership(officer, office=near, by=administrator)
    return officer


def offices(officer: Officer) -> list[str]:
    return sorted(officer.memberships.values_list("office_id", flat=True))


def acting(officer: Officer) -> str:
    return Officer.objects.get(pk=officer.pk).office_id


def test_a_further_office_takes_supervisor_and_province(supervisor, provincial, near):
    officer, site = OfficerFactory(office=supervisor.office), administrators_client(supervisor)
    site.post(f"/staff/people/{officer.pk}/offices/", {"office": near.pk})
    proposal = asked_for(site)
    assert offices(officer) == []
    agreed_by_another(proposal, client=administrators_client(provincial))
    assert [offices(officer), acting(officer)] == [["1206", "1299"], "1206"]
    said = Entry.objects.about(officer).get(action="officer.office_added")
    assert [said.actor_id, said.details] == [str(provincial.pk), {"office": "1299"}]


def test_across_provinces_an_administrator_agrees(supervisor, provincial, far):
    officer, site = OfficerFactory(office=supervisor.office), administrators_client(supervisor)
    site.post(f"/staff/people/{officer.pk}/offices/", {"office": far.pk})
    proposal = asked_for(site)
    refused = agreed_by_another(proposal, client=administrators_client(provincial))
    assert [refused.status_code, offices(officer)] == [403, []]
    agreed_by_another(proposal)
    assert offices(officer) == ["1206", "5001"]


@pytest.mark.parametrize("where", ["1299", "5001"])
def test_the_supervisor_of_the_further_office_asks_by_address(
    supervisor, provincial, near, far, where
):
    officer = OfficerFactory(office={"1299": near, "5001": far}[where])
    site = administrators_client(supervisor)
    site.post("/staff/people/join/", {"email": officer.email.upper(), "joins": "5001"})
    answer = agreed_by_another(asked_for(site), client=administrators_client(provincial))
    agreed = where == "1299"  # the other one works in another province
    assert answer.status_code == (302 if agreed else 403)
    assert offices(officer) == (["1206", "1299"] if agreed else [])


@pytest.mark.parametrize("kind", ["unknown", "supervisor", "switched off"])
def test_an_address_tells_the_supervisor_nothing(supervisor, provincial, near, kind):
    email = "nobody@example.org"
    if kind != "unknown":
        other = OfficerFactory(office=near, supervisor=kind == "supervisor")
        Officer.objects.filter(pk=other.pk).update(is_active=kind != "switched off")
        email = other.email
    site = administrators_client(supervisor)
    assert site.post("/staff/people/join/", {"email": email}).status_code == 302
    answer = agreed_by_another(asked_for(site), client=administrators_client(provincial))
    assert [answer.status_code, Membership.objects.count()] == [422, 0]


def test_a_supervisors_further_office_takes_two_administrators(administrator, supervisor, near):
    with pytest.raises(PermissionDenied):
        memberships.add_membership(
            supervisor, office=near, by=OfficerFactory(provincial=True, office=near)
        )
    site = administrators_client(administrator)
    site.post(f"/staff/people/{supervisor.pk}/offices/", {"office": near.pk})
    agreed_by_another(asked_for(site))
    assert offices(supervisor) == ["1206", "1299"]


@pytest.mark.parametrize("role", ["provincial", "auditor", "administrator"])
def test_whoever_sees_more_than_an_office_has_no_further_one(administrator, near, role):
    with pytest.raises(ValidationError):
        memberships.add_membership(OfficerFactory(**{role: True}), office=near, by=administrator)


def test_acting_elsewhere_holds_in_every_browser_and_gives_the_case_back(both, signed_in):
    first = signed_in(Client(), both)
    second = _another_browser(first, both)
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=both.office)
    there = EnrollmentFactory(state=State.WAITING_REVIEW, office_id="1299")
    take_case(case, officer=both)
    assert first.post(ACTING, {"office": "1299"}).url == "/staff/queue/"
    case.refresh_from_db()
    assert [case.state, case.held_by] == [State.WAITING_REVIEW, None]
    for browser in (first, second):
        assert browser.get(f"/staff/cases/{case.pk}/").status_code == 404
        assert browser.get(f"/staff/cases/{there.pk}/").status_code == 200
    said = Entry.objects.about(both).get(action="officer.acts_elsewhere")
    assert [said.actor_id, said.office] == [str(both.pk), "1206"]
    assert said.details == {"office_before": "1206", "office_after": "1299"}


def _another_browser(first: Client, officer: Officer) -> Client:
    second = Client()
    second.force_login(officer)
    session = second.session
    session[DEVICE_ID_SESSION_KEY] = first.session[DEVICE_ID_SESSION_KEY]
    session.save()
    return second


@pytest.mark.parametrize("office", ["5001", "", "x" * 5000, "1206' OR 1=1"])
def test_nobody_acts_in_an_office_that_is_none_of_theirs(both, far, office):
    assert administrators_client(both).post(ACTING, {"office": office}).status_code == 404
    assert acting(both) == "1206"


def test_a_supervisor_ends_the_work_for_the_own_office_alone(both, supervisor, near):
    there = OfficerFactory(supervisor=True, office=near)
    memberships.act_in(both, "1299")
    memberships.end_membership(both, office=near, by=there, reason=REASON)
    assert [acting(both), offices(both)] == ["1206", []]
    with pytest.raises(PermissionDenied):
        memberships.end_membership(both, office=supervisor.office, by=there, reason=REASON)


def test_the_only_office_is_not_ended(supervisor, administrator):
    officer = OfficerFactory(office=supervisor.office)
    memberships.end_membership(officer, office=supervisor.office, by=administrator, reason=REASON)
    assert acting(officer) == "1206"
    assert not Entry.objects.about(officer).exists()


def test_the_page_ends_it_with_a_reason_and_a_fresh_code(both, supervisor):
    site, address = administrators_client(supervisor), f"/staff/people/{both.pk}/offices/end/"
    site.post(address, {"office": "1206", "reason": "short"})
    prove_factor(site, supervisor, ago=360)
    site.post(address, {"office": "1206", "reason": REASON})
    assert offices(both) == ["1206", "1299"]
    prove_factor(site, supervisor)
    assert site.post(address, {"office": "1206", "reason": REASON}).url == "/staff/people/"
    assert acting(both) == "1299"
    told = Entry.objects.about(both).get(action="officer.office_ended")
    assert [told.actor_id, told.reason] == [str(supervisor.pk), REASON]


def test_acting_elsewhere_is_no_way_out_of_a_supervisors_reach(both, supervisor):
    memberships.act_in(both, "1299")
    site = administrators_client(supervisor)
    assert both in site.get("/staff/people/").context["page"].object_list
    site.post(f"/staff/people/{both.pk}/suspend/", {"reason": REASON})
    assert not Officer.objects.get(pk=both.pk).is_active


def test_a_supervisor_of_neither_office_sees_nobody(both, far):
    stranger = administrators_client(OfficerFactory(supervisor=True, office=far))
    for act in ("", "suspend/", "offices/", "offices/end/"):
        given = {"office": "1206", "reason": REASON}
        assert stranger.post(f"/staff/people/{both.pk}/{act}", given).status_code == 404


@pytest.mark.parametrize("change", ["move", "role"])
def test_further_offices_are_ended_before_a_move_or_another_role(both, administrator, far, change):
    role, office = ("officer", far) if change == "move" else ("supervisor", both.office)
    with pytest.raises(ValidationError):
        people.change_rights(both, name=both.name, role=role, office=office, by=administrator)
    people.change_rights(both, name="Other", role="officer", office=both.office, by=administrator)
    assert [acting(both), offices(both)] == ["1206", ["1206", "1299"]]


def test_what_a_supervisor_asked_for_stands_while_they_act_elsewhere(
    supervisor, provincial, near, administrator
):
    memberships.add_membership(supervisor, office=near, by=administrator)
    supervisor = Officer.objects.get(pk=supervisor.pk)
    site = administrators_client(supervisor)
    site.post("/staff/people/invite/", {"email": "new@example.org", "name": "New"})
    proposal = asked_for(site)
    memberships.act_in(supervisor, "1299")
    assert site.get(f"/staff/levers/{proposal.pk}/").status_code == 404
    agreed_by_another(proposal, client=administrators_client(provincial))
    assert Officer.objects.get(email="new@example.org").office_id == "1206"


def test_one_asked_for_twice_is_let_in_once(supervisor, provincial, near):
    officer, site = OfficerFactory(office=near), administrators_client(supervisor)
    statuses = []
    for _ in range(2):
        site.post("/staff/people/join/", {"email": officer.email})
        asked = asked_for(site)
        client = administrators_client(provincial) if not statuses else administrators_client()
        statuses.append(agreed_by_another(asked, client=client).status_code)
    assert [statuses, offices(officer)] == [[302, 422], ["1206", "1299"]]
    assert Proposal.objects.filter(answer="agreed").count() == 1


def test_an_entry_names_the_office_that_was_acted_in(both):
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office_id="1299")
    memberships.act_in(both, "1299")
    take_case(Enrollment.objects.get(pk=case.pk), officer=Officer.objects.get(pk=both.pk))
    assert Entry.objects.get(action="enrollment.take").office == "1299"
