"""A supervisor or somebody of a central role is switched off by two, or by one for a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from core.housekeeping import do_duties
from core.outbox.models import Job
from offices import levers, people
from offices.models import Invitation, Officer, Proposal
from offices.off_lever import end_holds, hold_account
from tests.factories import OfficerFactory
from tests.levers import (
    REASON,
    administrators_client,
    agreed_by_another,
    asked_for,
    declined,
    prove_factor,
)

pytestmark = pytest.mark.django_db
HIGHER = ["supervisor", "provincial", "administrator", "auditor", "call_centre"]


@pytest.fixture
def site(administrator) -> Client:
    return administrators_client(administrator)


@pytest.fixture
def other() -> Officer:
    return OfficerFactory(supervisor=True)


def is_in(officer: Officer) -> bool:
    return Officer.objects.get(pk=officer.pk).is_active


def a_day_later() -> None:
    Officer.objects.exclude(suspended_until=None).update(suspended_until=timezone.now())


@pytest.mark.parametrize("role", HIGHER)
def test_it_takes_two_administrators(site, administrator, role):
    other = OfficerFactory(**{role: True})
    site.post(f"/staff/people/{other.pk}/suspend/", {"reason": REASON})
    with pytest.raises(PermissionDenied):
        people.suspend_officer(other, by=administrator, reason=REASON)
    site.post(f"/staff/people/{other.pk}/off/")
    proposal = asked_for(site)
    assert is_in(other)
    agreed_by_another(proposal)
    assert not is_in(other)
    a_day_later()
    assert [list(end_holds()), is_in(other)] == [[], False]


def test_in_an_emergency_one_switches_off_for_a_day_and_another_confirms(site, other, signed_in):
    browser = signed_in(Client(), other)
    site.post(f"/staff/people/{other.pk}/off/", {"at_once": "yes", "reason": REASON})
    assert [is_in(other), browser.get("/staff/queue/").status_code] == [False, 302]
    agreed_by_another(Proposal.objects.get())
    a_day_later()
    do_duties(within=timedelta(seconds=5))
    assert not is_in(other)
    assert Officer.objects.get(pk=other.pk).suspended_until is None


def test_unconfirmed_it_comes_back_by_itself_with_a_mail(site, other):
    site.post(f"/staff/people/{other.pk}/off/", {"at_once": "yes", "reason": REASON})
    assert [sum(end_holds()), is_in(other)] == [0, False]
    a_day_later()
    assert [sum(end_holds()), is_in(other), sum(end_holds())] == [1, True, 0]
    ended = Entry.objects.about(other).order_by("id").last()
    assert [ended.action, ended.actor_kind] == ["officer.hold_ended", "system"]
    assert Job.objects.filter(kind="offices.tell_on", subject=other.pk).count() == 1
    assert agreed_by_another(Proposal.objects.get()).status_code == 422
    assert is_in(other)


@pytest.mark.parametrize("who", ["asker", "other"])
def test_withdrawn_or_declined_it_comes_back_at_once(site, other, who):
    site.post(f"/staff/people/{other.pk}/off/", {"at_once": "yes", "reason": REASON})
    declined(Proposal.objects.get(), client=site if who == "asker" else None)
    assert is_in(other)


def test_a_session_without_the_second_factor_gives_no_held_account_back(site, other):
    site.post(f"/staff/people/{other.pk}/off/", {"at_once": "yes", "reason": REASON})
    thief = OfficerFactory(administrator=True)
    stolen = administrators_client(thief)
    prove_factor(stolen, thief, ago=360)
    declined(Proposal.objects.get(), client=stolen)
    assert [is_in(other), Proposal.objects.get().answer] == [False, ""]


@pytest.mark.parametrize(("days", "back"), [(6, False), (8, True)])
def test_whoever_handed_the_held_one_a_link_lately_does_not_give_it_back(site, days, back):
    friend = OfficerFactory(administrator=True)
    second = OfficerFactory(administrator=True)
    now = timezone.now()
    Invitation.objects.create(
        officer=second, invited_by=friend, secret_hash=b"x", expires_at=now,
        used_at=now - timedelta(days=days),
    )  # fmt: skip
    site.post(f"/staff/people/{second.pk}/off/", {"at_once": "yes", "reason": REASON})
    declined(Proposal.objects.get(), client=administrators_client(friend))
    assert [is_in(second), Proposal.objects.get().answer] == [back, "declined" if back else ""]


def test_what_two_agreed_to_does_not_come_back_by_declining_another(site, other, administrator):
    site.post(f"/staff/people/{other.pk}/off/")
    asked = asked_for(site)
    hold_account(other, by=OfficerFactory(administrator=True), reason=REASON)
    asked.refresh_from_db()
    assert asked.answer == "withdrawn"
    declined(asked, client=site)
    assert not is_in(other)


def test_the_same_one_cannot_do_it_again_for_a_week(administrator, other):
    hold_account(other, by=administrator, reason=REASON)
    a_day_later()
    list(end_holds())
    with pytest.raises(levers.LeverRefused):
        hold_account(other, by=administrator, reason=REASON)
    Proposal.objects.update(asked_at=timezone.now() - timedelta(days=7, minutes=1))
    hold_account(other, by=administrator, reason=REASON)
    assert not is_in(other)


def test_whoever_was_held_confirms_nothing_and_asks_for_nothing(administrator):
    other = OfficerFactory(administrator=True)
    site = administrators_client(other)
    hold_account(other, by=administrator, reason=REASON)
    assert site.get("/staff/levers/").status_code == 302
    with pytest.raises(PermissionDenied):
        hold_account(administrator, by=other, reason=REASON)


@pytest.mark.parametrize("role", ["", "supervisor", "provincial", "auditor"])
def test_nobody_but_an_administrator_holds(other, role):
    with pytest.raises(PermissionDenied):
        hold_account(other, by=OfficerFactory(**({role: True} if role else {})), reason=REASON)


def test_an_officers_account_and_the_own_one_are_not_held(site, administrator):
    officer = OfficerFactory()
    for pk in (officer.pk, administrator.pk):
        given = {"at_once": "yes", "reason": REASON}
        assert site.post(f"/staff/people/{pk}/off/", given).status_code == 403
    assert [is_in(officer), is_in(administrator)] == [True, True]


@pytest.mark.parametrize(("reason", "ago"), [("short", 0), (REASON, 360), ("to x@example.org", 0)])
def test_it_needs_a_reason_and_a_fresh_code(site, administrator, other, reason, ago):
    prove_factor(site, administrator, ago=ago)
    site.post(f"/staff/people/{other.pk}/off/", {"at_once": "yes", "reason": reason})
    assert is_in(other)


def test_switched_on_again_by_two_it_stays_on(administrator, other):
    hold_account(other, by=administrator, reason=REASON)
    people.reinstate_officer(other, by=OfficerFactory(administrator=True))
    assert Officer.objects.get(pk=other.pk).suspended_until is None
    assert agreed_by_another(Proposal.objects.get()).status_code == 422
    assert is_in(other)
