"""Two people look at a case that was passed on: never the same one twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from registration.errors import Conflict
from registration.models import Decision, Enrollment, Finding
from registration.services import decisions as deciding
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.test_access import sign_in
from verification.findings import Check, Outcome

pytestmark = pytest.mark.django_db


def passed_on(first, message: str = "") -> Enrollment:
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=first)
    return settled(deciding.pass_to_second_officer(case, officer=first, message=message))


def settled(case: Enrollment) -> Enrollment:
    """As it is once the decision can no longer be taken back."""
    Enrollment.objects.filter(pk=case.pk).update(state_since=timezone.now() - timedelta(minutes=1))
    case.refresh_from_db()
    return case


def test_whoever_passed_a_case_on_does_not_take_it_back():
    first = OfficerFactory()
    with pytest.raises(Conflict):
        review.take_case(passed_on(first), officer=first)


def test_not_even_after_the_second_officer_gave_it_back():
    first, second = OfficerFactory.create_batch(2)
    taken = review.take_case(passed_on(first), officer=second)
    released = review.release_case(taken, officer=second)
    with pytest.raises(Conflict):
        review.take_case(released, officer=first)
    assert review.take_next_case(first) is None
    assert review.take_next_case(second).pk == released.pk


@pytest.mark.parametrize("given_back", [False, True])
def test_whoever_passed_it_on_reads_that_a_colleague_has_to_decide(client, given_back):
    first, second = OfficerFactory.create_batch(2)
    case = passed_on(first)
    if given_back:
        case = review.release_case(review.take_case(case, officer=second), officer=second)
    sign_in(client, first)
    english = {"Accept-Language": "en"}
    page = client.get(reverse("review:case", args=[case.pk]), headers=english).text
    take = reverse("review:take", args=[case.pk])
    told = client.post(reverse("review:take_next"), follow=True, headers=english).text
    assert [take in page, "What waits needs a colleague" in told] == [False, True]
    sign_in(client, second)
    assert take in client.get(reverse("review:case", args=[case.pk])).text


def judged(outcome: Outcome, **fields) -> Enrollment:
    """A waiting case with one finding on its present attempt."""
    case = EnrollmentFactory(state=State.WAITING_REVIEW, **fields)
    found(case, outcome)
    return case


def found(case: Enrollment, outcome: Outcome) -> None:
    Finding.objects.create(
        enrollment=case,
        attempt=case.selfie_attempts,
        check_name=Check.FACE_MATCH,
        outcome=outcome,
    )


def approve(case: Enrollment, officer) -> str:
    taken = review.take_case(case, officer=officer)
    return settled(deciding.approve_enrollment(taken, officer=officer)).state


def test_approving_against_a_failed_check_takes_two_officers():
    first, second = OfficerFactory.create_batch(2)
    case = judged(Outcome.FAILED)
    assert approve(case, first) == State.SECOND_REVIEW
    case.refresh_from_db()
    assert [case.held_by, case.reject_reason] == [None, ""]
    assert approve(case, second) == State.VERIFIED
    kept = Decision.objects.values_list("officer", "move", "reason")
    expected = [(first.pk, "pass_to_second", "would_approve"), (second.pk, "approve", "")]
    assert list(kept) == expected


@pytest.mark.parametrize("outcome", [Outcome.DOUBTFUL, Outcome.MISSING, Outcome.PASSED])
def test_a_check_that_is_only_unsure_takes_one(outcome):
    assert approve(judged(outcome), OfficerFactory()) == State.VERIFIED


def test_a_failed_check_of_an_earlier_attempt_does_not_count():
    case = judged(Outcome.FAILED, selfie_attempts=1)
    case.selfie_attempts = 2
    case.save()
    assert approve(case, OfficerFactory()) == State.VERIFIED


def test_a_colleagues_word_on_earlier_pictures_does_not_count():
    first, second, third = OfficerFactory.create_batch(3)
    case = judged(Outcome.FAILED)
    assert approve(case, first) == State.SECOND_REVIEW
    case.refresh_from_db()
    taken = review.take_case(case, officer=second)
    review.release_case(taken, officer=second)
    case.refresh_from_db()
    case.selfie_attempts += 1
    case.save()
    found(case, Outcome.FAILED)
    assert approve(case, third) == State.SECOND_REVIEW


def test_any_officer_rejects_alone():
    officer = OfficerFactory()
    case = review.take_case(judged(Outcome.FAILED), officer=officer)
    rejected = deciding.reject_enrollment(case, officer=officer, reasons=["not_the_same"])
    assert [rejected.state, rejected.reject_reason] == [State.REJECTED, "not_the_same"]


def test_the_officer_is_told_before_and_after(client, signed_in):
    officer = OfficerFactory()
    case = review.take_case(judged(Outcome.FAILED), officer=officer)
    staff, english = signed_in(client, officer), {"Accept-Language": "en"}
    page = staff.get(reverse("review:case", args=[case.pk]), headers=english)
    told = staff.post(
        reverse("review:decide", args=[case.pk]), {"move": "approve"}, follow=True, headers=english
    )
    assert "a second officer has to approve too" in page.text
    assert "a second officer looks at it too" in told.text


def opinion(client, case) -> str:
    return client.get(reverse("review:case", args=[case.pk])).content.decode()


@pytest.mark.parametrize("taken", [False, True])
def test_a_second_officer_does_not_read_the_first_opinion(client, signed_in, taken):
    first, second = OfficerFactory(name="Somchai First"), OfficerFactory()
    case = passed_on(first, "Glued on, I would say")
    if taken:
        review.take_case(case, officer=second)
    page = opinion(signed_in(client, second), case)
    assert ["Glued on" in page, "Somchai First" in page] == [False, False]


def test_nor_what_the_first_one_said_and_took_back(client, signed_in):
    first, second = OfficerFactory(name="Somchai First"), OfficerFactory()
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    with transaction.atomic():
        record(Action.SUBMIT_SELFIE, case, actor=Actor.citizen(case.pk))
    case = review.take_case(case, officer=first)
    case = deciding.reject_enrollment(
        case, officer=first, reasons=["not_the_same"], message="Glued on, I would say"
    )
    case = deciding.undo_decision(case, officer=first)
    before = read_by(client, signed_in, second, case)
    case = settled(deciding.pass_to_second_officer(case, officer=first))
    after = read_by(client, signed_in, second, case)
    assert before == after == [Action.SUBMIT_SELFIE.label, Action.TAKE.label]
    read = opinion(signed_in(client, first), case)
    assert ["Glued on" in read, "Somchai First" in read] == [True, True]


def read_by(client, signed_in, second, case) -> list[str]:
    """The moves that are told, where no opinion is."""
    page = signed_in(client, second).get(reverse("review:case", args=[case.pk]))
    assert list(page.context["decisions"]) == []
    assert "Glued on" not in page.text
    return [event.action for event in page.context["timeline"]]


def test_nor_another_photo_that_the_first_one_asked_for_before(client, signed_in):
    first, second = OfficerFactory(name="Somchai First"), OfficerFactory()
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=first)
    case = deciding.ask_for_retake(case, officer=first, reasons=["challenge"], message="Fishy")
    case = settled(case)
    case.state = State.WAITING_REVIEW
    case.save()
    case = review.take_case(case, officer=first)
    case = settled(deciding.pass_to_second_officer(case, officer=first))
    page = opinion(signed_in(client, second), case)
    assert ["Fishy" in page, "Somchai First" in page] == [False, False]


@pytest.mark.parametrize("reader", [{"auditor": True}, {}])
def test_whoever_does_not_decide_and_everybody_afterwards_reads_it(client, signed_in, reader):
    first, second = OfficerFactory(name="Somchai First"), OfficerFactory()
    case = passed_on(first)
    if not reader:
        case = review.take_case(case, officer=second)
        case = deciding.approve_enrollment(case, officer=second)
    page = opinion(signed_in(client, OfficerFactory(**reader)), case)
    assert "Somchai First" in page


def test_the_first_officer_reads_the_own_opinion(client, signed_in):
    first = OfficerFactory(name="Somchai First")
    page = opinion(signed_in(client, first), passed_on(first))
    assert page.count("Somchai First") > 1


def test_whoever_was_too_late_is_not_told_who_passed_the_case_on():
    first, late = OfficerFactory(name="Somchai First"), OfficerFactory()
    with pytest.raises(Conflict) as told:
        deciding.approve_enrollment(passed_on(first), officer=late)
    assert "Somchai First" not in str(told.value.message)
