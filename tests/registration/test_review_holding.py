"""One case in hand: the next one, the way back to it, and hands that are no longer there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registration.errors import Conflict
from registration.models import Decision, Enrollment
from registration.services import decisions as deciding
from registration.services import holding, review
from registration.services.moves import move
from registration.states import State
from registration.tasks import return_overdue_cases
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.levers import REASON

pytestmark = pytest.mark.django_db
NEXT = "/staff/cases/next/"


def ago(**period) -> object:
    return timezone.now() - timedelta(**period)


@pytest.fixture
def three() -> list[Enrollment]:
    """Oldest first."""
    since = [ago(hours=hours) for hours in (3, 2, 1)]
    return [EnrollmentFactory(state=State.WAITING_REVIEW, state_since=at) for at in since]


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


def in_hand() -> list:
    return list(Enrollment.objects.filter(state=State.IN_REVIEW).values_list("pk", flat=True))


def shown_by(answer):
    return answer.url.rstrip("/").rpartition("/")[2]


def test_n_from_elsewhere_leads_back_to_the_case_in_hand(staff, three):
    assert [shown_by(staff.post(NEXT)) for _ in range(3)] == [str(three[0].pk)] * 3
    assert in_hand() == [three[0].pk]


def test_n_on_a_case_gives_it_back_and_passes_on_to_each_once(staff, three):
    pages = [shown_by(staff.post(NEXT))]
    for _ in range(2):
        pages.append(shown_by(staff.post(NEXT, {"leaving": pages[-1]})))
        assert [str(pk) for pk in in_hand()] == pages[-1:]
    assert pages == [str(case.pk) for case in three]
    assert staff.post(NEXT, {"leaving": pages[-1]}).url == reverse("review:queue")
    assert in_hand() == []
    assert shown_by(staff.post(NEXT)) == pages[0]


def test_what_was_left_undecided_does_not_come_again_after_a_decision(staff, three):
    staff.post(NEXT)
    staff.post(NEXT, {"leaving": three[0].pk})
    decided = staff.post(
        reverse("review:decide", args=[three[1].pk]), {"move": "approve", "then": "next"}
    )
    assert shown_by(decided) == str(three[2].pk)


@pytest.mark.parametrize("leaving", ["", "no number", "00000000-0000-0000-0000-000000000000"])
def test_leaving_what_i_do_not_hold_gives_nothing_back(staff, three, leaving):
    review.take_case(three[2], officer=OfficerFactory())
    staff.post(NEXT, {"leaving": leaving})
    assert set(in_hand()) == {three[0].pk, three[2].pk}


def test_taking_another_case_gives_the_first_back(officer, three):
    for case in three:
        review.take_case(case, officer=officer)
    assert in_hand() == [three[2].pk]


def test_taking_a_decision_back_gives_the_next_case_back(staff, officer, three):
    staff.post(NEXT)
    decide = reverse("review:decide", args=[three[0].pk])
    staff.post(decide, {"move": "approve", "then": "next"})
    assert in_hand() == [three[1].pk]
    staff.post(reverse("review:undo", args=[three[0].pk]))
    assert in_hand() == [three[0].pk]


def sign(staff, case, **more) -> int:
    return staff.post(reverse("review:hold", args=[case.pk]), more).status_code


@pytest.mark.parametrize(("silent", "left"), [(35, 0), (41, 1)])
def test_a_case_of_a_silent_browser_goes_back(officer, three, silent, left):
    review.take_case(three[0], officer=officer)
    Enrollment.objects.filter(held_by=officer).update(held_seen_at=ago(seconds=silent))
    assert [holding.return_overdue(), len(in_hand())] == [left, 1 - left]


def test_all_whose_network_failed_at_once_go_back_at_once(three, officer, monkeypatch):
    monkeypatch.setattr(holding, "AT_ONCE", 2)
    for case in three:
        review.take_case(case, officer=OfficerFactory(office=officer.office))
    Enrollment.objects.filter(state=State.IN_REVIEW).update(held_seen_at=ago(seconds=41))
    return_overdue_cases()
    assert in_hand() == []


def test_a_sign_of_life_keeps_it(staff, officer, three):
    review.take_case(three[0], officer=officer)
    Enrollment.objects.filter(held_by=officer).update(held_seen_at=ago(seconds=50))
    assert [sign(staff, three[0]), holding.return_overdue()] == [200, 0]


@pytest.mark.parametrize(("again", "returned"), [(False, 1), (True, 0)])
def test_a_closed_page_gives_it_back_in_moments_and_one_loaded_anew_does_not(
    staff, officer, three, settings, again, returned
):
    settings.CASE_LEFT_FOR = timedelta(0)
    review.take_case(three[0], officer=officer)
    assert sign(staff, three[0], leaving="yes") == 200
    if again:
        sign(staff, three[0])
    assert holding.return_overdue() == returned


def test_a_page_of_a_case_that_is_no_longer_mine_is_told_so(staff, three):
    review.take_case(three[0], officer=OfficerFactory())
    before = Enrollment.objects.get(pk=three[0].pk).held_seen_at
    assert [sign(staff, three[0]), sign(staff, three[0], leaving="yes")] == [409, 409]
    assert Enrollment.objects.get(pk=three[0].pk).held_seen_at == before


def test_waiting_goes_on_from_hand_to_hand(officer, three):
    since = three[0].waiting_since
    case = review.take_case(three[0], officer=officer)
    case = review.release_case(case, officer=officer)
    case = review.take_case(case, officer=officer)
    case = deciding.pass_to_second_officer(case, officer=officer)
    case = deciding.undo_decision(case, officer=officer)
    assert (case.waiting_since, case.since, case.state) == (since, since, State.IN_REVIEW)
    assert case.state_since > since


def test_a_case_given_back_is_the_first_again_and_late_in_whosever_hands(officer, three):
    Enrollment.objects.filter(pk=three[0].pk).update(waiting_since=ago(hours=5))
    case = review.take_next_case(officer)
    assert case.is_late
    review.release_case(case, officer=officer)
    assert review.take_next_case(OfficerFactory()).pk == three[0].pk


def test_waiting_begins_when_the_machine_hands_a_case_over():
    case = EnrollmentFactory(state=State.CHECKING, state_since=ago(days=1))
    case = move(case, "send_to_review", actor=review.Actor.system("test"))
    assert case.waiting_since == case.state_since > ago(minutes=1)


def test_no_colleague_takes_a_case_while_its_decision_may_be_taken_back(officer):
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    passed = review.take_case(case, officer=officer)
    passed = deciding.pass_to_second_officer(passed, officer=officer)
    colleague, supervisor = OfficerFactory(), OfficerFactory(supervisor=True)
    assert review.take_next_case(colleague) is None
    for take in (
        lambda: review.take_case(passed, officer=colleague),
        lambda: review.reassign_case(passed, to=colleague, by=supervisor, reason=REASON),
    ):
        with pytest.raises(Conflict):
            take()
    Enrollment.objects.update(state_since=ago(seconds=31))
    Decision.objects.update(decided_at=ago(seconds=31))
    assert review.take_next_case(colleague).pk == case.pk
