"""Several officers who take, draw and answer exercises at the same moment."""

import pytest
from django.db import transaction
from django.utils import timezone

from offices.models import Officer
from registration.errors import Refused
from registration.models import ExerciseAnswer, ExerciseShare, ServedExercise
from registration.services.exercises import deciding, taking
from registration.services.exercises.arriving import draw_one
from tests.factories import OfficerFactory
from tests.registration.known_cases import known, served
from tests.registration.test_review_takes import in_threads

pytestmark = pytest.mark.usefixtures("transactional_db")


def drawn(officer: Officer, tries: int) -> int:
    ExerciseShare.objects.get_or_create(pk=1, defaults={"percent": 5, "a_day": 1})
    with transaction.atomic():
        return sum(draw_one(officer) is not None for _ in range(tries))


def test_many_who_draw_at_once_bring_no_more_than_the_day_has():
    officer = OfficerFactory()
    for nth in range(6):
        known(nth)
    drawn(officer, 0)
    in_threads(lambda one: drawn(one, 150), [officer] * 4)
    assert ServedExercise.objects.count() == 1


def test_of_several_who_take_it_at_once_one_has_it():
    officers = OfficerFactory.create_batch(4)
    served(officers[0].office)
    took = in_threads(taking.take_next, officers)
    assert sum(one is not None for one in took) == 1


def test_of_two_answers_at_once_one_is_kept():
    officer = OfficerFactory()
    exercise = served(officer.office)
    taking.take_next(officer)

    def answer(move):
        try:
            return deciding.answer_exercise(exercise, move, officer=officer).state
        except Refused as refusal:
            return refusal.code

    told = in_threads(answer, ["approve", "pass_to_second"])
    assert sorted(told) == ["not_yours", "second_review"]
    assert ExerciseAnswer.objects.count() == 1
    assert exercise.waiting_since < timezone.now()
