"""Inviting people, changing what they may do, and the link that sets a password."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from offices import people
from offices.models import Invitation, Officer
from offices.off_lever import hold_account
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import REASON, administrators_client, agreed_by_another, asked_for, prove_factor

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "ข้าวเหนียวมะม่วงหน้าฝน"


@pytest.fixture
def site(client, administrator, signed_in) -> Client:
    signed_in(client, administrator)
    prove_factor(client, administrator)
    return client


@pytest.fixture
def invited(site) -> tuple[Officer, str]:
    """The new officer, and the address of the link as the administrator sees it."""
    office = OfficeFactory(code="1206")
    fields = {"email": "New@Example.org", "name": "New", "role": "officer", "office": office.pk}
    site.post("/staff/people/invite/", fields)
    assert not Officer.objects.filter(email="new@example.org").exists()
    page = agreed_by_another(asked_for(site))
    return Officer.objects.get(email="new@example.org"), page.context["link"]


def actions_about(officer: Officer) -> list[str]:
    return [entry.action for entry in Entry.objects.about(officer).order_by("id")]


def accept(link: str, first: str = NEW_PASSWORD, second: str = NEW_PASSWORD):
    return Client().post(link, {"first": first, "second": second})


def test_an_invited_person_sets_a_password_and_is_led_to_the_second_factor(invited):
    officer, link = invited
    browser = Client()
    assert browser.get(link).status_code == 200
    assert browser.post(link, {"first": NEW_PASSWORD, "second": NEW_PASSWORD}).url == (
        "/staff/account/login/"
    )
    browser.post("/staff/account/login/", {"login": officer.email, "password": NEW_PASSWORD})
    page = browser.get("/staff/queue/", headers={"Accept": "text/html"})
    assert page.url == "/staff/account/2fa/totp/activate/"
    told = ["officer.invited", "lever.agreed", "officer.password_changed"]
    assert actions_about(officer)[:3] == told


def test_a_link_works_once(invited):
    _, link = invited
    assert [accept(link).status_code, accept(link).status_code] == [302, 404]


def test_a_look_at_the_link_does_not_use_it_up(invited):
    _, link = invited
    assert [Client().get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("fault", ["old", "switched off", "replaced"])
def test_a_link_that_no_longer_counts_sets_no_password(invited, administrator, fault):
    officer, link = invited
    if fault == "old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif fault == "switched off":
        people.suspend_officer(officer, by=administrator, reason=REASON)
    else:
        people.renew_link(officer, by=administrator, second_factor_lost=False)
    assert accept(link).status_code == 404
    assert not Officer.objects.get(pk=officer.pk).has_usable_password()


@pytest.mark.parametrize(("first", "second"), [("short", "short"), (NEW_PASSWORD, "another")])
def test_a_password_that_is_refused_leaves_the_link_open(invited, first, second):
    _, link = invited
    assert [accept(link, first, second).status_code, accept(link).status_code] == [422, 302]


def test_the_secret_of_a_link_is_kept_nowhere(invited):
    _, link = invited
    secret = link.rstrip("/").rpartition("/")[2]
    kept = [bytes(row.secret_hash) for row in Invitation.objects.all()]
    assert [len(kept), secret.encode() in kept] == [1, False]


def test_an_address_is_invited_once(site, invited):
    fields = {"email": "new@example.org", "name": "Other", "role": "auditor", "office": ""}
    assert site.post("/staff/people/invite/", fields).status_code == 422


def test_a_role_that_needs_an_office_is_refused_without_one(site):
    fields = {"email": "new@example.org", "name": "New", "role": "officer", "office": ""}
    assert site.post("/staff/people/invite/", fields).status_code == 422
    assert not Officer.objects.filter(email="new@example.org").exists()


def test_rights_are_changed_by_two_and_recorded_with_both_values(site):
    officer, checker = OfficerFactory(), OfficerFactory(administrator=True)
    fields = {"name": officer.name, "role": "supervisor", "office": officer.office_id}
    site.post(f"/staff/people/{officer.pk}/", fields)
    assert Officer.objects.get(pk=officer.pk).role == "officer"
    agreed_by_another(asked_for(site), client=administrators_client(checker))
    entry = Entry.objects.about(officer).exclude(action__startswith="lever.").get()
    changed = {"step": "changed", "fields": ["role"]}
    changed |= {"role_before": "officer", "role_after": "supervisor"}
    assert [entry.actor_id, entry.details] == [str(checker.pk), changed]
    assert Officer.objects.get(pk=officer.pk).role == "supervisor"


@pytest.mark.parametrize(("days", "status"), [(6, 422), (8, 200)])
def test_whoever_handed_out_a_link_is_no_second_person_for_its_user(days, status):
    """An administrator who is given a colleague's new link may use it, and then be two."""
    colleague, handing = OfficerFactory.create_batch(2, administrator=True)
    used_at = timezone.now() - timedelta(days=days)
    Invitation.objects.create(
        officer=colleague, invited_by=handing, secret_hash=b"x", used_at=used_at,
        expires_at=timezone.now(),
    )  # fmt: skip
    site_of = administrators_client(colleague)
    site_of.post(f"/staff/people/{OfficerFactory().pk}/link/")
    answer = agreed_by_another(asked_for(site_of), client=administrators_client(handing))
    assert answer.status_code == status


def test_a_third_administrator_is_a_second_person_all_the_same():
    colleague, handing = OfficerFactory.create_batch(2, administrator=True)
    Invitation.objects.create(
        officer=colleague, invited_by=handing, secret_hash=b"x", used_at=timezone.now(),
        expires_at=timezone.now(),
    )  # fmt: skip
    site_of = administrators_client(colleague)
    site_of.post(f"/staff/people/{OfficerFactory().pk}/link/")
    assert agreed_by_another(asked_for(site_of)).status_code == 200


def test_nobody_agrees_to_the_own_rights(site):
    other = OfficerFactory(administrator=True)
    site.post(f"/staff/people/{other.pk}/", {"name": "Other", "role": "auditor", "office": ""})
    answer = agreed_by_another(asked_for(site), client=administrators_client(other))
    assert [answer.status_code, Officer.objects.get(pk=other.pk).role] == [422, "administrator"]


@pytest.mark.parametrize(("lost", "left"), [("", 1), ("on", 0)])
def test_a_new_link_takes_two_and_the_second_factor_goes_only_if_it_is_lost(site, lost, left):
    officer = OfficerFactory()
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    site.post(f"/staff/people/{officer.pk}/link/", {"second_factor_lost": lost})
    assert Invitation.objects.count() == 0
    assert "/staff/invitation/" in agreed_by_another(asked_for(site)).context["link"]
    assert Authenticator.objects.filter(user=officer).count() == left


def test_an_account_is_switched_on_again_by_two(site, administrator):
    officer = OfficerFactory()
    people.suspend_officer(officer, by=administrator, reason=REASON)
    site.post(f"/staff/people/{officer.pk}/reinstate/")
    assert not Officer.objects.get(pk=officer.pk).is_active
    agreed_by_another(asked_for(site))
    assert Officer.objects.get(pk=officer.pk).is_active


@pytest.mark.parametrize(
    ("reason", "ago", "active"), [(REASON, 0, False), ("", 0, True), (REASON, 360, True)]
)
def test_an_account_is_switched_off_by_one_with_a_reason_and_a_fresh_code(
    site, administrator, reason, ago, active
):
    officer = OfficerFactory()
    prove_factor(site, administrator, ago=ago)
    site.post(f"/staff/people/{officer.pk}/suspend/", {"reason": reason})
    assert Officer.objects.get(pk=officer.pk).is_active is active
    said = Entry.objects.filter(action="officer.suspended").values_list("reason", flat=True)
    assert list(said) == [REASON] * (not active)


@pytest.mark.parametrize("act", ["", "link/", "suspend/", "reinstate/"])
def test_nobody_changes_the_own_rights(site, administrator, act):
    fields = {"name": "Me", "role": "auditor", "office": "", "reason": REASON}
    assert site.post(f"/staff/people/{administrator.pk}/{act}", fields).status_code == 403
    assert Officer.objects.get(pk=administrator.pk).role == "administrator"


@pytest.mark.parametrize("role", [{}, {"provincial": True}, {"auditor": True}])
def test_a_service_refuses_who_may_not_manage_people(role):
    with pytest.raises(PermissionDenied):
        people.suspend_officer(OfficerFactory(), by=OfficerFactory(**role), reason=REASON)


def test_an_administrator_who_was_just_switched_off_switches_nobody_off(administrator):
    other = OfficerFactory(administrator=True)
    hold_account(other, by=administrator, reason=REASON)
    with pytest.raises(PermissionDenied):
        people.suspend_officer(administrator, by=other, reason=REASON)


def test_an_officer_switched_off_is_out_at_once(administrator, signed_in):
    officer = OfficerFactory()
    browser = signed_in(Client(), officer)
    people.suspend_officer(officer, by=administrator, reason=REASON)
    assert browser.get("/staff/queue/").status_code == 302
    people.reinstate_officer(officer, by=administrator)
    assert actions_about(officer)[-1] == "officer.reinstated"


def test_a_lost_phone_takes_the_second_factor_and_the_sessions_away(administrator, signed_in):
    officer = OfficerFactory()
    signed_in(Client(), officer)
    people.renew_link(officer, by=administrator, second_factor_lost=True)
    left = [model.objects.filter(user=officer).count() for model in (Authenticator, UserSession)]
    assert left == [0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_asks_the_same_for_one_as_for_three(
    site, rows, django_assert_num_queries
):
    OfficerFactory.create_batch(rows - 1)
    with django_assert_num_queries(5):
        page = site.get("/staff/people/")
    assert len(page.context["page"].object_list) == rows


def test_people_are_found_by_name_and_role(site):
    OfficerFactory(name="Somchai", supervisor=True)
    OfficerFactory(name="Somying")
    found = site.get("/staff/people/", {"text": "somc", "role": "supervisor"}).context["page"]
    assert [officer.name for officer in found] == ["Somchai"]
