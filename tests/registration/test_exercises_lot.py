"""Which exercise comes when, by lot, and what keeps one away."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.services import Actor
from offices.models import Officer
from registration.models import Enrollment, ExerciseShare, ServedExercise
from registration.services.exercises import taking
from registration.services.exercises.arriving import draw_one
from registration.services.exercises.ending import end_exercises
from registration.services.exercises.making import end_exercise
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.known_cases import known, officer_of_a_province

pytestmark = pytest.mark.django_db
TRIES = 600  # at five of a hundred: none in so many is one in 10^13


@pytest.fixture(autouse=True)
def share(db) -> ExerciseShare:
    return ExerciseShare.objects.create(pk=1, percent=5, a_day=1)


def drawn(officer: Officer, tries: int = TRIES) -> int:
    with transaction.atomic():
        return sum(draw_one(officer) is not None for _ in range(tries))


def test_of_three_that_fit_one_comes_for_the_one_officer_of_the_office(officer):
    for nth in range(3):
        known(nth)
    assert drawn(officer) == 1
    came = ServedExercise.objects.get()
    later = (came.waiting_since - timezone.now()).total_seconds()
    assert 50 < later <= 20 * 60
    assert [came.office, came.channel] == [officer.office, "self"]


def test_it_comes_once_to_an_office(officer):
    ExerciseShare.objects.update(a_day=10)
    known()
    assert drawn(officer) == 1


def test_by_the_share_of_takes_and_by_none_where_there_is_none(officer):
    ExerciseShare.objects.update(a_day=10)
    for nth in range(9):
        known(nth)
    few = drawn(officer, tries=40)  # two are expected
    assert few < 9
    ExerciseShare.objects.update(percent=0)
    assert drawn(officer) == 0


def test_taking_the_next_case_draws_and_coming_back_to_it_does_not(officer):
    known()
    for _ in range(30):
        EnrollmentFactory(state=State.WAITING_REVIEW)
        taking.take_next(officer)  # 30 presses, one case taken
    assert Enrollment.objects.filter(held_by=officer).count() == 1
    assert ServedExercise.objects.count() <= 1


@pytest.mark.parametrize("who", [{"supervisor": True}, {"provincial": True}])
def test_officers_alone_bring_one(who):
    known()
    OfficerFactory()
    assert drawn(OfficerFactory(**who)) == 0


def test_none_while_a_citizen_waits_too_long(officer):
    known()
    since = timezone.now() - timedelta(hours=5)
    EnrollmentFactory(state=State.WAITING_REVIEW, state_since=since)
    assert drawn(officer) == 0


def test_none_that_has_become_somebodys(officer):
    exercise = known()
    EnrollmentFactory(number_key=exercise.number_key)
    assert drawn(officer) == 0


def test_none_that_somebody_of_the_office_made_or_that_two_did_not_agree_on(officer):
    exercise = known()
    Officer.objects.filter(pk=exercise.made_by_id).update(office=officer.office)
    assert drawn(officer) == 0
    Officer.objects.filter(pk=exercise.made_by_id).update(
        office=OfficerFactory(elsewhere=True).office
    )
    exercise.agreed = False
    exercise.save()
    assert drawn(officer) == 0


def test_none_that_has_ended_and_its_time_ends_it(officer):
    exercise = known()
    exercise.ends_at = timezone.now() - timedelta(days=1)
    exercise.save()
    assert drawn(officer) == 0
    assert list(end_exercises()) == [1]
    exercise.refresh_from_db()
    assert [exercise.person, exercise.pictures.count()] == [None, 0]


def test_what_is_withdrawn_is_gone_from_every_queue(officer):
    exercise = known()
    drawn(officer)
    ServedExercise.objects.update(waiting_since=timezone.now())
    assert taking.take_next(officer) is not None
    end_exercise(exercise, actor=Actor.officer(officer_of_a_province("9001")))
    assert taking.take_next(officer) is None
    assert not ServedExercise.objects.visible_to(officer).exists()


def test_no_share_is_more_than_five_of_a_hundred(share):
    share.percent = 6
    with pytest.raises(ValidationError):
        share.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        share.save()
