"""A supervisor and the people of the own office: never alone, never elsewhere, never upwards."""

import json

import pytest
from django.test import Client

from audit.models import Entry
from core.outbox import services as outbox
from core.outbox.models import Job
from offices import people
from offices.models import Officer, Proposal
from registration.services.review import take_case
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.levers import REASON, administrators_client, agreed_by_another, asked_for

pytestmark = pytest.mark.django_db
INVITE = "/staff/people/invite/"
NEW = {"email": "new@example.org", "name": "New"}


@pytest.fixture
def supervisor() -> Officer:
    return OfficerFactory(supervisor=True)


@pytest.fixture
def provincial(supervisor) -> Officer:
    return OfficerFactory(provincial=True, office=supervisor.office)


@pytest.fixture
def site(supervisor) -> Client:
    return administrators_client(supervisor)


@pytest.fixture
def elsewhere() -> Officer:
    return OfficerFactory(office=OfficeFactory(code="5001", province_code="50"))


def near(officer: Officer):
    return OfficeFactory(code="9999", province_code=officer.office.province_code)


def test_a_supervisor_asks_and_the_officer_of_the_province_lets_in(site, supervisor, provincial):
    site.post(INVITE, NEW)
    proposal = asked_for(site)
    assert not Officer.objects.filter(email=NEW["email"]).exists()
    page = agreed_by_another(proposal, client=administrators_client(provincial))
    officer = Officer.objects.get(email=NEW["email"])
    assert [officer.role, officer.office_id] == ["officer", supervisor.office_id]
    assert "/staff/invitation/" in page.context["link"]
    actors = Entry.objects.filter(action__startswith="lever.").order_by("id")
    expected = [("lever.asked", str(supervisor.pk)), ("lever.agreed", str(provincial.pk))]
    assert list(actors.values_list("action", "actor_id")) == expected


@pytest.mark.parametrize("role", ["supervisor", "provincial", "administrator", "auditor"])
def test_a_role_and_an_office_smuggled_in_change_nothing(site, supervisor, elsewhere, role):
    site.post(INVITE, NEW | {"role": role, "office": elsewhere.office_id, "is_active": "on"})
    new = asked_for(site).new
    assert [new["role"], new["office"]] == ["officer", supervisor.office_id]


def test_a_supervisor_alone_lets_nobody_in(site, supervisor):
    site.post(INVITE, NEW)
    address = f"/staff/levers/{asked_for(site).pk}/"
    page = site.get(address)
    assert page.context["may_answer"] is False
    shown = page.context["form"].fields["shown"].widget.token
    assert site.post(address, {"people": 1, "shown": shown}).status_code == 403
    assert not Officer.objects.filter(email=NEW["email"]).exists()


def test_a_second_supervisor_of_the_office_is_no_second_person(site, supervisor):
    site.post(INVITE, NEW)
    other = administrators_client(OfficerFactory(supervisor=True, office=supervisor.office))
    assert agreed_by_another(asked_for(site), client=other).status_code == 403


def test_the_officer_of_another_province_sees_no_proposal(site, elsewhere):
    site.post(INVITE, NEW)
    stranger = OfficerFactory(provincial=True, office=elsewhere.office)
    client, address = administrators_client(stranger), f"/staff/levers/{asked_for(site).pk}/"
    assert client.get(address).status_code == 404
    assert client.post(f"{address}decline/", {"reason": REASON}).status_code == 404
    assert client.get("/staff/levers/").context["waiting"] == []


def test_the_rollouts_changes_are_nothing_for_a_supervisor(site, administrator):
    asked = Proposal.objects.create(
        lever="phase", subject="national", old={}, new={"closed": True}, people=0,
        reason=REASON, asked_by=administrator,
    )  # fmt: skip
    assert site.get(f"/staff/levers/{asked.pk}/").status_code == 404
    assert site.post(f"/staff/levers/{asked.pk}/undo/").status_code == 404


def test_whether_an_address_is_known_elsewhere_is_not_told(site, elsewhere, provincial):
    site.post(INVITE, NEW | {"email": elsewhere.email.upper()})
    answer = agreed_by_another(asked_for(site), client=administrators_client(provincial))
    assert answer.status_code == 422
    assert Officer.objects.filter(email=elsewhere.email).count() == 1


@pytest.mark.parametrize("act", ["", "suspend/", "reinstate/"])
def test_somebody_of_another_office_is_as_if_there_were_nobody(site, elsewhere, act):
    given = {"office": elsewhere.office_id, "reason": REASON}
    assert site.post(f"/staff/people/{elsewhere.pk}/{act}", given).status_code == 404
    assert site.get(f"/staff/people/{elsewhere.pk}/").status_code == 404
    assert Officer.objects.get(pk=elsewhere.pk).is_active


def test_the_list_holds_the_own_offices_officers_and_supervisors(site, supervisor, elsewhere):
    mine = OfficerFactory(office=supervisor.office)
    OfficerFactory(provincial=True, office=supervisor.office)
    OfficerFactory(administrator=True)
    page = site.get("/staff/people/").context["page"]
    assert {one.pk for one in page.object_list} == {supervisor.pk, mine.pk}
    found = site.get("/staff/people/", {"text": elsewhere.email}).context["page"]
    assert list(found.object_list) == []


@pytest.mark.parametrize("role", ["supervisor", "provincial", "administrator", "auditor"])
def test_who_stands_as_high_or_higher_is_out_of_reach(site, supervisor, role):
    other = OfficerFactory(**{role: True}, office=supervisor.office)
    status = site.post(f"/staff/people/{other.pk}/suspend/", {"reason": REASON}).status_code
    assert status == (403 if role == "supervisor" else 404)
    assert Officer.objects.get(pk=other.pk).is_active


@pytest.mark.parametrize("act", ["suspend/", "reinstate/", ""])
def test_a_supervisor_does_nothing_with_the_own_account(site, supervisor, act):
    given = {"reason": REASON, "office": near(supervisor).pk}
    site.post(f"/staff/people/{supervisor.pk}/{act}", given)
    assert site.get("/staff/levers/new/").status_code in {302, 403}
    assert not Proposal.objects.exists()
    assert Officer.objects.get(pk=supervisor.pk).is_active


def test_an_officer_switched_off_is_out_and_the_case_in_hand_goes_back(site, supervisor, signed_in):
    officer = OfficerFactory(office=supervisor.office)
    browser = signed_in(Client(), officer)
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=officer.office)
    take_case(case, officer=officer)
    site.post(f"/staff/people/{officer.pk}/suspend/", {"reason": REASON})
    case.refresh_from_db()
    assert [case.state, case.held_by] == [State.WAITING_REVIEW, None]
    assert browser.get("/staff/queue/").status_code == 302
    said = Entry.objects.filter(action="officer.suspended").values_list("actor_id", "reason")
    assert list(said) == [(str(supervisor.pk), REASON)]


def test_an_officer_comes_back_by_two(site, supervisor, provincial):
    officer = OfficerFactory(office=supervisor.office)
    people.suspend_officer(officer, by=supervisor, reason=REASON)
    site.post(f"/staff/people/{officer.pk}/reinstate/")
    proposal = asked_for(site)
    assert not Officer.objects.get(pk=officer.pk).is_active
    agreed_by_another(proposal, client=administrators_client(provincial))
    assert Officer.objects.get(pk=officer.pk).is_active


@pytest.mark.parametrize("asked_before", [True, False])
def test_what_an_administrator_switched_off_the_office_does_not_switch_on(
    site, supervisor, provincial, administrator, asked_before
):
    officer = OfficerFactory(office=supervisor.office)
    people.suspend_officer(officer, by=supervisor, reason=REASON)
    site.post(f"/staff/people/{officer.pk}/reinstate/")
    proposal = asked_for(site) if asked_before else None
    people.reinstate_officer(officer, by=administrator)
    people.suspend_officer(officer, by=administrator, reason=REASON)
    if proposal:
        answer = agreed_by_another(proposal, client=administrators_client(provincial))
        assert answer.status_code == 422
    else:
        assert site.get("/staff/levers/new/").status_code == 403
    assert not Officer.objects.get(pk=officer.pk).is_active


def test_a_move_within_the_province_takes_two_and_gives_the_case_back(site, supervisor, provincial):
    officer, there = OfficerFactory(office=supervisor.office), near(supervisor)
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=officer.office)
    take_case(case, officer=officer)
    site.post(f"/staff/people/{officer.pk}/", {"office": there.pk, "role": "supervisor"})
    agreed_by_another(asked_for(site), client=administrators_client(provincial))
    officer.refresh_from_db()
    case.refresh_from_db()
    assert [officer.office_id, officer.role, case.held_by] == [there.pk, "officer", None]


def test_nobody_is_moved_into_another_province(site, supervisor, elsewhere):
    officer = OfficerFactory(office=supervisor.office)
    given = {"office": elsewhere.office_id}
    assert site.post(f"/staff/people/{officer.pk}/", given).status_code == 422


@pytest.mark.parametrize("change", [{"role": "officer"}, {"is_active": False}, {"office": "9999"}])
def test_what_a_supervisor_asked_for_before_the_fall_is_refused(
    site, supervisor, provincial, change
):
    near(supervisor)
    site.post(INVITE, NEW)
    proposal = asked_for(site)
    Officer.objects.filter(pk=supervisor.pk).update(
        **{("office_id" if name == "office" else name): value for name, value in change.items()}
    )
    answer = agreed_by_another(proposal, client=administrators_client(provincial))
    assert answer.status_code == 422
    assert not Officer.objects.filter(email=NEW["email"]).exists()


def test_the_person_is_told_by_mail_in_both_languages_and_once(
    site, supervisor, settings, tmp_path
):
    settings.MESSAGES_DIR = tmp_path
    officer = OfficerFactory(office=supervisor.office)
    site.post(f"/staff/people/{officer.pk}/suspend/", {"reason": REASON})
    job = Job.objects.get(kind="offices.tell_off")
    assert [outbox.run(job.pk), outbox.run(job.pk)] == [True, False]
    [path] = tmp_path.glob("*.json")
    message = json.loads(path.read_text())
    assert message["to"] == officer.email
    assert "บัญชีของท่านถูกปิด" in message["text"].replace("\u2060", "")
    assert "Your account was switched off." in message["text"]
    assert REASON not in message["text"]
