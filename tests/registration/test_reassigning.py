"""Cases that a supervisor moves together: what was shown happens, or nothing does."""

import pytest

from audit.models import Entry
from offices.models import Officer
from registration.models import Decision, Enrollment, Left, ReassignedCase, Way
from registration.services import decisions as deciding
from registration.services import holding, review
from registration.services.reassigning.carrying_out import reassign_cases
from registration.services.reassigning.plan import plan_of
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.reassignments import (
    WHY,
    ago,
    do,
    from_hands,
    held,
    now_held_by,
    refused,
    waiting,
    wished,
)


def test_what_absent_officers_hold_goes_back_and_keeps_its_waiting_time(chief):
    officers = OfficerFactory.create_batch(3)
    cases = held(officers)
    since = [case.waiting_since for case in cases]
    batch = do(from_hands(officers[:2]), chief)
    rows = Enrollment.objects.order_by("waiting_since")
    assert [row.state for row in rows] == ["waiting_review", "waiting_review", "in_review"]
    assert [row.waiting_since for row in rows] == since
    kept = batch.cases.values_list("enrollment", "left", "from_officer", "to_officer")
    assert list(kept) == [(case.pk, "", case.held_by_id, None) for case in cases[:2]]


def test_the_log_has_the_batch_with_its_reason_and_each_case(chief):
    officers = OfficerFactory.create_batch(2)
    cases = held(officers)
    batch = do(from_hands(officers), chief)
    whole = Entry.objects.get(action="case.reassigned")
    assert (whole.reason, whole.actor_id, whole.subject_id) == (WHY, str(chief.pk), str(batch.pk))
    assert [whole.details[name] for name in ("way", "moved", "left")] == ["hands_back", 2, 0]
    each = Entry.objects.filter(action="enrollment.release", actor_id=str(chief.pk))
    assert {entry.subject_id for entry in each} == {str(case.pk) for case in cases}
    assert {entry.details["batch"] for entry in each} == {str(batch.pk)}


def test_from_hands_into_free_hands_one_each_the_longest_waiting_first(chief):
    absent = OfficerFactory.create_batch(3)
    cases = held(absent)
    busy, free = OfficerFactory(), OfficerFactory()
    review.take_case(waiting(1)[0], officer=busy)
    to = [str(one.pk) for one in (busy, free)]
    batch = do(from_hands(absent, Way.HANDS_GIVEN, to=to), chief)
    assert now_held_by() | {cases[0].pk: free.pk} == now_held_by()
    assert list(batch.cases.values_list("left", flat=True)) == ["", "no_hands", "no_hands"]
    given = Enrollment.objects.get(pk=cases[0].pk)
    assert given.held_seen_at is None  # it goes back unless the colleague opens it
    assert holding.given_to(free).pk == cases[0].pk


def test_from_the_queue_into_hands_never_to_who_gave_the_first_opinion(chief):
    first, other = OfficerFactory(name="A"), OfficerFactory(name="B")
    (case,) = held([first])
    deciding.pass_to_second_officer(case, officer=first)
    Enrollment.objects.update(state_since=ago(minutes=1))
    Decision.objects.update(decided_at=ago(minutes=1))
    office = case.office_id
    only_first = wished(Way.LINE_GIVEN, office=office, to=[str(first.pk)])
    assert [step.left for step in plan_of(only_first, by=chief).steps] == [Left.NO_HANDS]
    assert refused(lambda: do(only_first, chief)) == "nothing_to_move"
    both = wished(Way.LINE_GIVEN, office=office, to=[str(first.pk), str(other.pk)])
    do(both, chief)
    assert now_held_by() == {case.pk: other.pk}


@pytest.mark.parametrize("gone", ["off", "elsewhere", "auditor"])
def test_nobody_is_given_a_case_who_cannot_decide_it_here(chief, gone):
    to = OfficerFactory()
    waiting(1)
    wish = wished(Way.LINE_GIVEN, office=chief.office_id, to=[str(to.pk)])
    changed = {
        "off": {"is_active": False},
        "elsewhere": {"office": OfficeFactory(code="5001")},
        "auditor": {"role": "auditor", "office": None},
    }
    Officer.objects.filter(pk=to.pk).update(**changed[gone])
    assert refused(lambda: do(wish, chief)) == "nothing_to_move"


def test_the_end_of_the_line_goes_to_another_office_of_the_province(province):
    cases = waiting(4)
    target = OfficerFactory(office=OfficeFactory(code="1201"))
    wish = wished(Way.LINE_MOVED, office="1206", to_office="1201", count=2)
    do(wish, province)
    offices = list(Enrollment.objects.order_by("waiting_since").values_list("office", flat=True))
    assert offices == ["1206", "1206", "1201", "1201"]
    assert review.take_next_case(target).waiting_since == cases[2].waiting_since
    entry = Entry.objects.filter(action="case.office_changed").first()
    assert [entry.details[f"office_{when}"] for when in ("before", "after")] == ["1206", "1201"]


def test_no_case_leaves_the_province_and_none_comes_to_an_office_of_nobody(province):
    waiting(1)
    OfficerFactory(elsewhere=True)
    OfficeFactory(code="1202")
    for code in ("5001", "1202", "9999"):
        wish = wished(Way.LINE_MOVED, office="1206", to_office=code)
        assert refused(lambda wish=wish: do(wish, province)) == "nothing_to_move"
    assert Enrollment.objects.get().office_id == "1206"


def test_a_supervisor_moves_nothing_out_of_the_office(chief):
    waiting(1)
    OfficerFactory(office=OfficeFactory(code="1201"))
    wish = wished(Way.LINE_MOVED, office="1206", to_office="1201")
    assert refused(lambda: do(wish, chief)) == "nothing_to_move"


def test_cases_of_another_office_are_out_of_reach(chief):
    elsewhere = OfficerFactory(elsewhere=True)
    case = review.take_case(waiting(1, office=elsewhere.office)[0], officer=elsewhere)
    waiting(1, office=elsewhere.office)
    assert plan_of(from_hands([elsewhere]), by=chief).steps == []
    line = wished(Way.LINE_GIVEN, office="5001", to=[str(OfficerFactory().pk)])
    assert plan_of(line, by=chief).steps == []
    assert now_held_by()[case.pk] == elsewhere.pk


@pytest.mark.parametrize("meanwhile", ["decided", "released", "taken anew"])
def test_what_changed_since_it_was_shown_changes_nothing_at_all(chief, meanwhile):
    officers = OfficerFactory.create_batch(2)
    cases = held(officers)
    wish = from_hands(officers)
    shown = plan_of(wish, by=chief).digest()
    if meanwhile == "decided":
        deciding.reject_enrollment(cases[0], officer=officers[0], reasons=["other"])
    else:
        review.release_case(cases[0], officer=officers[0])
    if meanwhile == "taken anew":
        review.take_case(Enrollment.objects.get(pk=cases[0].pk), officer=officers[0])
    before = list(Enrollment.objects.order_by("pk").values())
    assert refused(lambda: reassign_cases(wish, by=chief, shown=shown)) == "changed"
    assert list(Enrollment.objects.order_by("pk").values()) == before
    assert not ReassignedCase.objects.exists()


@pytest.mark.parametrize("shown", ["", "0" * 64])
def test_nothing_is_moved_that_was_not_shown(chief, shown):
    officers = OfficerFactory.create_batch(1)
    held(officers)
    wish = from_hands(officers)
    assert refused(lambda: reassign_cases(wish, by=chief, shown=shown)) == "changed"


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": "officer"}, {"office_id": "5001"}])
def test_a_right_lost_since_moves_nothing(chief, lost):
    officers = OfficerFactory.create_batch(1)
    held(officers)
    wish = from_hands(officers)
    shown = plan_of(wish, by=chief).digest()
    OfficeFactory(code="5001")
    Officer.objects.filter(pk=chief.pk).update(**lost)
    assert refused(lambda: reassign_cases(wish, by=chief, shown=shown)) == "denied"
    assert Enrollment.objects.get().held_by_id == officers[0].pk


def test_a_second_press_is_the_first_ones_batch(chief):
    officers = OfficerFactory.create_batch(1)
    held(officers)
    wish = from_hands(officers)
    shown = plan_of(wish, by=chief).digest()
    first, second = (reassign_cases(wish, by=chief, shown=shown) for _ in range(2))
    assert first.pk == second.pk
    assert Entry.objects.filter(action="case.reassigned").count() == 1
