"""Two supervisors, and officers who decide, while cases are moved together."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from audit.models import Entry
from registration.models import Decision, Enrollment, Left, ReassignedCase
from registration.services import decisions as deciding
from registration.services.reassigning.carrying_out import reassign_cases
from registration.services.reassigning.plan import plan_of
from registration.states import State
from tests.factories import OfficerFactory
from tests.registration.reassignments import (
    from_hands,
    held,
    now_held_by,
    refused,
)

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_of_two_supervisors_each_case_is_moved_by_one():
    chiefs = OfficerFactory.create_batch(2, supervisor=True)
    officers = OfficerFactory.create_batch(8)
    held(officers)
    wishes = [(from_hands(officers), chief) for chief in chiefs]
    plans = [plan_of(wish, by=chief).digest() for wish, chief in wishes]

    def press(place):
        wish, chief = wishes[place]
        try:
            return refused(lambda: reassign_cases(wish, by=chief, shown=plans[place]))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, range(2)))
    assert set(now_held_by().values()) == {None}
    released = Entry.objects.filter(action="enrollment.release")
    assert released.count() == len(set(released.values_list("subject_id"))) == 8
    assert ReassignedCase.objects.filter(left="").count() == 8


def test_what_is_being_decided_this_moment_stays_and_is_listed():
    chief, officers = OfficerFactory(supervisor=True), OfficerFactory.create_batch(2)
    cases = held(officers)
    wish = from_hands(officers)
    shown = plan_of(wish, by=chief).digest()

    def decide_slowly():
        with transaction.atomic():
            Enrollment.objects.select_for_update().get(pk=cases[0].pk)
            with ThreadPoolExecutor(1) as other:
                return other.submit(move).result(timeout=20)

    def move():
        try:
            return reassign_cases(wish, by=chief, shown=shown)
        finally:
            connection.close()

    batch = decide_slowly()
    assert dict(batch.cases.values_list("reference", "left")) == {
        cases[0].reference: Left.BUSY,
        cases[1].reference: "",
    }
    assert now_held_by() == {cases[0].pk: officers[0].pk, cases[1].pk: None}


def test_officers_who_decide_meanwhile_lose_nothing_and_no_case_is_decided_twice():
    chief, officers = OfficerFactory(supervisor=True), OfficerFactory.create_batch(8)
    cases = held(officers)
    wish = from_hands(officers)
    shown = plan_of(wish, by=chief).digest()

    def act(place):
        try:
            if place == 8:
                return refused(lambda: reassign_cases(wish, by=chief, shown=shown))
            work = deciding.reject_enrollment
            case, officer = cases[place], officers[place]
            return refused(lambda: work(case, officer=officer, reasons=["other"]))
        finally:
            connection.close()

    with ThreadPoolExecutor(9) as pool:
        answers = list(pool.map(act, [*range(4), 8, *range(4, 8)]))
    states = dict(Enrollment.objects.values_list("pk", "state"))
    for place, answer in zip([*range(4), *range(4, 8)], answers[:4] + answers[5:], strict=True):
        decided = states[cases[place].pk] == State.REJECTED
        assert decided == (answer == "")
    assert answers[4] in {"", "changed"}
    assert Decision.objects.count() == list(states.values()).count(State.REJECTED)
