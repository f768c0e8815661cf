"""Who works for several offices is one person to every case, wherever they act just now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from audit.models import Entry
from offices import memberships
from offices.models import Membership, Officer
from registration.errors import Conflict
from registration.models import Appeal, Decision, Enrollment
from registration.services import counter, review
from registration.services import decisions as deciding
from registration.services.appeals import draw_office, send_held_appeals
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.levers import REASON
from tests.registration.appeals import appeal, rejected

NEAR, FAR = "1207", "5001"


def works_for(officer: Officer, *codes: str) -> Officer:
    for code in (officer.office_id, *codes):
        Membership.objects.create(officer=officer, office=OfficeFactory(code=code))
    return officer


def acting_in(officer: Officer, code: str) -> Officer:
    memberships.act_in(officer, code)
    return Officer.objects.get(pk=officer.pk)


def settled() -> None:
    long_ago = timezone.now() - timedelta(minutes=5)
    Decision.objects.update(decided_at=long_ago)
    Enrollment.objects.update(state_since=long_ago)


def waiting(code: str) -> Enrollment:
    return EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code=code))


@pytest.mark.django_db
def test_the_second_opinion_is_somebody_elses_in_any_office():
    officer = works_for(OfficerFactory(), NEAR)
    case = review.take_case(waiting("1206"), officer=officer)
    deciding.pass_to_second_officer(case, officer=officer)
    settled()
    Enrollment.objects.update(office=NEAR)  # as if the case had moved with them
    there = acting_in(officer, NEAR)
    with pytest.raises(Conflict):
        review.take_case(Enrollment.objects.get(), officer=there)
    assert review.take_next_case(there) is None


@pytest.mark.django_db
def test_an_appeal_keeps_away_from_every_office_of_whoever_rejected():
    officer = works_for(OfficerFactory(), FAR)
    OfficerFactory(office=OfficeFactory(code=FAR))
    OfficerFactory(office=OfficeFactory(code="5002"))
    free = OfficerFactory(office=OfficeFactory(code="9001"))
    drawn = {appeal(rejected(officer)).office_id for _ in range(10)}
    assert drawn == {free.office_id}


@pytest.mark.django_db
def test_it_keeps_away_from_an_office_they_joined_after_it_was_filed():
    officer = OfficerFactory()
    case = appeal(rejected(officer))
    works_for(officer, FAR)
    OfficerFactory(office=OfficeFactory(code=FAR))
    assert draw_office(Appeal.objects.get(pk=case.pk)) is None


@pytest.mark.django_db
def test_an_office_whose_only_officer_has_one_in_the_province_too_is_not_drawn():
    works_for(OfficerFactory(elsewhere=True), NEAR)
    case = appeal(rejected(OfficerFactory()))
    assert case.office is None
    free = OfficerFactory(office=OfficeFactory(code="9001"))
    assert [sum(send_held_appeals()), Enrollment.objects.get().office] == [1, free.office]


@pytest.mark.django_db
def test_an_appeal_is_not_drawn_anew_because_its_officer_acts_elsewhere():
    able = works_for(OfficerFactory(elsewhere=True), "9001")
    case = appeal(rejected(OfficerFactory()))
    acting_in(able, "9001")
    OfficerFactory(office=OfficeFactory(code="9002"))
    assert [sum(send_held_appeals()), Enrollment.objects.get().office_id] == [0, case.office_id]


@pytest.mark.django_db
def test_nobody_acts_elsewhere_while_a_decision_can_be_taken_back():
    officer = works_for(OfficerFactory(), NEAR)
    case = review.take_case(waiting("1206"), officer=officer)
    deciding.reject_enrollment(case, officer=officer, reasons=["not_the_same"])
    with pytest.raises(memberships.NotNow):
        memberships.act_in(officer, NEAR)
    undone = deciding.undo_decision(Enrollment.objects.get(), officer=officer)
    assert undone.held_by == officer
    acting_in(officer, NEAR)
    assert Enrollment.objects.get().held_by is None


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["take", "next", "decide", "undo", "counter", "reassign"])
def test_what_was_begun_in_the_other_office_before_ends(act):
    """A press whose request read the account a moment before the other browser changed it."""
    officer, boss = works_for(OfficerFactory(), NEAR), OfficerFactory(supervisor=True)
    case = waiting("1206")
    stale = Officer.objects.get(pk=officer.pk)
    if act == "decide":
        review.take_case(case, officer=officer)
        Officer.objects.filter(pk=officer.pk).update(office=NEAR)
    elif act == "undo":
        held = review.take_case(case, officer=officer)
        deciding.reject_enrollment(held, officer=officer, reasons=["not_the_same"])
        Officer.objects.filter(pk=officer.pk).update(office=NEAR)
    else:
        acting_in(officer, NEAR)
    press = {
        "take": lambda: review.take_case(case, officer=stale),
        "next": lambda: review.take_next_case(stale),
        "decide": lambda: deciding.approve_enrollment(case, officer=stale),
        "undo": lambda: deciding.undo_decision(Enrollment.objects.get(), officer=stale),
        "counter": lambda: counter.begin_at_counter(officer=stale, language="th"),
        "reassign": lambda: review.reassign_case(case, to=stale, by=boss, reason=REASON),
    }[act]
    with pytest.raises(Conflict) as refused:
        press()
    assert refused.value.code == "acts_elsewhere"
    held_still = Enrollment.objects.filter(held_by=officer).exists()
    assert [held_still, Enrollment.objects.filter(state=State.VERIFIED).exists()] == [
        act == "decide", False,
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_is_switched_off_acts_nowhere():
    officer = works_for(OfficerFactory(is_active=False), NEAR)
    with pytest.raises(PermissionDenied):
        memberships.act_in(officer, NEAR)


def test_taking_and_acting_elsewhere_at_once_leave_no_case_in_the_wrong_hands(transactional_db):
    officer = works_for(OfficerFactory(), NEAR)
    for _ in range(6):
        Officer.objects.filter(pk=officer.pk).update(office="1206")
        stale = Officer.objects.get(pk=officer.pk)
        waiting("1206")

        def take(one: Officer) -> None:
            try:
                review.take_next_case(one)
            except Conflict:
                pass  # the other one was first
            finally:
                connection.close()

        def switch(one: Officer) -> None:
            memberships.act_in(one, NEAR)
            connection.close()

        with ThreadPoolExecutor(2) as pool:
            done = [pool.submit(take, stale), pool.submit(switch, stale)]
        [one.result() for one in done]
        held = Enrollment.objects.filter(held_by=officer).values_list("office", flat=True)
        assert [list(held), Officer.objects.get(pk=officer.pk).office_id] == [[], NEAR]


def test_two_browsers_that_act_elsewhere_at_once_end_in_one_office(transactional_db):
    officer = works_for(OfficerFactory(), NEAR, FAR)

    def switch(code: str) -> None:
        try:
            memberships.act_in(officer, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(switch, [NEAR, FAR]))
    entries = Entry.objects.filter(action="officer.acts_elsewhere").order_by("id")
    first, second = entries.values_list("details", flat=True)
    assert second["office_before"] == first["office_after"]
    assert Officer.objects.get(pk=officer.pk).office_id == second["office_after"]
