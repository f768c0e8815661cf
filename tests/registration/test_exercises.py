"""An exercise among the cases, as its officer has it; tests as of a case."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from registration.errors import Conflict, Refused
from registration.models import Enrollment, ExerciseAnswer, ServedExercise
from registration.services import holding, review
from registration.services.exercises import deciding, hands, taking
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.known_cases import HOUR, served

pytestmark = pytest.mark.django_db
NEXT = "/staff/cases/next/"
REJECT = {"move": "reject", "reasons": ["not_the_same"]}


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


@pytest.fixture
def exercise(officer) -> ServedExercise:
    return served(officer.office)


def ago(**period) -> object:
    return timezone.now() - timedelta(**period)


def waiting(**since) -> Enrollment:
    return EnrollmentFactory(state=State.WAITING_REVIEW, state_since=ago(**since))


def shown_by(answer) -> str:
    return answer.url.rstrip("/").rpartition("/")[2]


def decide(staff, one, **data):
    return staff.post(reverse("review:decide", args=[one.pk]), REJECT | data)


def test_who_came_first_is_taken_first(staff, exercise):
    before, after = waiting(hours=2), waiting(minutes=5)
    pages = [shown_by(staff.post(NEXT))]
    for _ in range(2):
        pages.append(shown_by(staff.post(NEXT, {"leaving": pages[-1]})))
    assert pages == [str(one.pk) for one in (before, exercise, after)]


def test_n_leads_back_to_the_exercise_in_hand_and_to_one_thing_alone(staff, officer, exercise):
    case = waiting(minutes=5)
    assert [shown_by(staff.post(NEXT)) for _ in range(2)] == [str(exercise.pk)] * 2
    staff.post(reverse("review:take", args=[case.pk]))
    exercise.refresh_from_db()
    assert [exercise.state, exercise.held_by] == [State.WAITING_REVIEW, None]
    staff.post(reverse("review:take", args=[exercise.pk]))
    case.refresh_from_db()
    assert [case.state, case.held_by] == [State.WAITING_REVIEW, None]
    assert hands.in_hand(officer) == exercise


def test_a_decision_is_kept_and_the_next_case_follows(staff, officer, exercise):
    case = waiting(minutes=5)
    staff.post(NEXT)
    assert shown_by(decide(staff, exercise, then="next")) == str(case.pk)
    answer = ExerciseAnswer.objects.get()
    kept = [answer.officer, answer.move, answer.reasons, answer.agrees]
    assert kept == [officer, "reject", ["not_the_same"], True]
    exercise.refresh_from_db()
    assert [exercise.state, exercise.reject_reason] == [State.REJECTED, "not_the_same"]


def test_it_is_taken_back_within_the_time_and_not_after(staff, officer, exercise):
    case = waiting(minutes=5)
    staff.post(NEXT)
    decide(staff, exercise, then="next")
    staff.post(reverse("review:undo", args=[exercise.pk]))
    assert hands.in_hand(officer) == exercise
    case.refresh_from_db()
    assert [case.state, ExerciseAnswer.objects.in_force().count()] == [State.WAITING_REVIEW, 0]
    decide(staff, exercise)
    ExerciseAnswer.objects.in_force().update(decided_at=ago(minutes=1))
    with pytest.raises(Conflict):
        deciding.undo_answer(exercise, officer=officer)


def test_an_approval_against_a_failed_check_goes_to_a_second_officer(staff, officer, exercise):
    staff.post(NEXT)
    decide(staff, exercise, move="approve", reasons=[])
    exercise.refresh_from_db()
    assert exercise.state == State.SECOND_REVIEW
    ServedExercise.objects.update(state_since=ago(minutes=1))
    second = OfficerFactory()
    with pytest.raises(Conflict):
        taking.take_exercise(exercise, officer=officer)
    assert taking.take_next(officer) is None
    assert taking.take_next(second) == exercise
    assert deciding.answer_exercise(exercise, "approve", officer=second).state == State.VERIFIED
    said = [(one.officer, one.said, one.agrees) for one in ExerciseAnswer.objects.all()]
    assert said == [(officer, "approve", False), (second, "approve", False)]


def test_a_second_officer_does_not_read_the_first_opinion(client, officer, exercise, signed_in):
    taking.take_next(officer)
    deciding.answer_exercise(exercise, "approve", officer=officer)
    ServedExercise.objects.update(state_since=ago(minutes=1))
    page = signed_in(client, OfficerFactory()).get(reverse("review:case", args=[exercise.pk]))
    assert officer.name not in page.content.decode()


def test_whoever_falls_silent_or_leaves_gives_it_back(officer, exercise):
    taking.take_next(officer)
    ServedExercise.objects.update(held_seen_at=ago(minutes=2))
    holding.return_overdue()
    exercise.refresh_from_db()
    assert [exercise.state, exercise.held_by] == [State.WAITING_REVIEW, None]
    taking.take_next(officer)
    holding.release_held(officer)
    assert hands.in_hand(officer) is None


def test_the_pages_sign_of_life_holds_it(staff, exercise):
    hold = reverse("review:hold", args=[exercise.pk])
    assert staff.post(hold).status_code == 409
    staff.post(NEXT)
    assert staff.post(hold).json() == {"given": None}  # as of a case
    staff.post(reverse("review:release", args=[exercise.pk]))
    assert staff.post(hold).status_code == 409


@pytest.mark.parametrize("reasons", [[], ["challenge"], ["made-up"]])
def test_it_is_refused_what_a_case_is_refused(officer, exercise, reasons):
    with pytest.raises(Conflict):
        deciding.answer_exercise(exercise, "approve", officer=officer)  # nobody holds it
    taking.take_next(officer)
    with pytest.raises(Refused):
        deciding.answer_exercise(exercise, "reject", officer=officer, reasons=reasons)
    assert not ExerciseAnswer.objects.exists()


def test_acting_elsewhere_waits_until_the_answer_stands(officer, exercise):
    taking.take_next(officer)
    deciding.answer_exercise(exercise, "approve", officer=officer)
    with pytest.raises(holding.NotNow):
        holding.check_undo_time(officer)


@pytest.mark.parametrize(
    "who", [{"elsewhere": True}, {"supervisor": True}, {"provincial": True}, {"auditor": True}]
)
def test_it_is_there_for_officers_of_its_office_alone(client, exercise, signed_in, who):
    other = signed_in(client, OfficerFactory(**who))
    for name in ("case", "picture", "face"):
        kind = {} if name == "case" else {"kind": "selfie"}
        address = reverse(f"review:{name}", kwargs={"pk": exercise.pk, **kind})
        assert other.get(address).status_code == 404
    for name in ("take", "hold", "release", "decide", "undo"):
        answer = other.post(reverse(f"review:{name}", args=[exercise.pk]), REJECT)
        assert answer.status_code in {403, 404}
    assert exercise.reference not in other.get("/staff/queue/").content.decode()
    found = other.post("/staff/search/", {"text": exercise.reference})
    assert found.status_code == 200
    assert str(exercise.pk) not in found.content.decode()


def test_no_more_a_day_than_may_be(officer, exercise):
    second = served(officer.office, 1, since=HOUR / 2)
    taking.take_next(officer)
    deciding.answer_exercise(exercise, "reject", officer=officer, reasons=["not_the_same"])
    assert taking.take_next(officer) is None
    assert taking.take_next(OfficerFactory()) == second


def test_every_step_is_marked_in_the_log_and_none_as_a_cases(staff, exercise):
    staff.post(NEXT)
    staff.get(reverse("review:case", args=[exercise.pk]))
    staff.get(reverse("review:picture", args=[exercise.pk, "selfie"]))
    decide(staff, exercise)
    actions = list(Entry.objects.order_by("id").values_list("action", "details__step"))[-4:]
    assert actions == [
        ("exercise.moved", "take"),
        ("exercise.viewed", None),
        ("exercise.viewed", None),
        ("exercise.moved", "reject"),
    ]
    of_cases = Entry.objects.filter(action__startswith="enrollment.")
    assert not of_cases.exists()
    assert not Entry.objects.filter(action__startswith="case.").exists()
    assert review.take_next_case is not taking.take_next
