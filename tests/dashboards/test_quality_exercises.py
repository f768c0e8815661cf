"""Agreement with what is known of exercises: who reads what of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dashboards.quality.exercises import exercise_figures
from registration.models import ExerciseAnswer
from tests.factories import OfficerFactory
from tests.registration.conftest import signed_in  # noqa: F401 - a fixture
from tests.registration.known_cases import served

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def answers(officer, served_one, *moves: str, ago: timedelta = timedelta(days=8)) -> None:
    for move in moves:
        ExerciseAnswer.objects.create(
            served=served_one, officer=officer, office=officer.office, move=move,
            decided_at=timezone.now() - ago,
        )  # fmt: skip


def figures(officer):
    return exercise_figures(officer, since=timezone.now() - MONTH)


@pytest.fixture
def officer():
    return OfficerFactory(name="Somsri")


@pytest.fixture
def exercise(officer):
    return served(officer.office)


def test_a_supervisor_reads_it_by_officer_and_by_known_answer(officer, exercise):
    answers(officer, exercise, *["reject"] * 8, "approve", "approve", "pass_to_second")
    found = figures(OfficerFactory(supervisor=True))
    rows = [(one.name, one.answered, one.agreed) for one in found.rows]
    assert rows == [("Somsri", 10, 8)]
    assert (round(found.rows[0].low, 1), round(found.rows[0].high, 1)) == (49.0, 94.3)
    assert [one.answered for one in found.kinds] == [10]
    assert (found.passed_on, len(found.newest)) == (1, 11)


def test_one_of_elsewhere_reads_none_of_it(officer, exercise):
    answers(officer, exercise, *["reject"] * 8)
    for who in ({"supervisor": True, "elsewhere": True}, {"provincial": True, "elsewhere": True}):
        found = figures(OfficerFactory(**who))
        assert (found.rows, found.kinds, found.newest) == ([], [], [])


@pytest.mark.parametrize(("wrong", "told"), [(0, 20), (4, None), (5, 20)])
def test_central_roles_get_no_small_number_and_no_list(officer, exercise, wrong, told):
    answers(officer, exercise, *["reject"] * (20 - wrong), *["approve"] * wrong)
    for role in ("administrator", "auditor"):
        found = figures(OfficerFactory(**{role: True}))
        assert [one.answered for one in (*found.rows, *found.kinds)] == [told, told]
        assert found.newest == []


def test_an_officer_reads_one_sum_of_what_is_older_than_a_week(officer, exercise):
    answers(officer, exercise, *["reject"] * 9)
    answers(officer, exercise, *["approve"] * 9, ago=timedelta(days=6))
    assert figures(officer).own is None
    answers(officer, exercise, "approve")
    own = figures(officer).own
    assert (own.answered, own.agreed) == (10, 9)
    assert figures(officer).rows == figures(officer).newest == []


def test_what_may_still_be_taken_back_or_was_is_not_counted(officer, exercise):
    answers(officer, exercise, "reject", ago=timedelta(seconds=5))
    answers(officer, exercise, "reject")
    ExerciseAnswer.objects.filter(decided_at__lt=timezone.now() - MONTH / 10).update(
        undone_at=timezone.now()
    )
    assert figures(OfficerFactory(supervisor=True)).rows == []


def test_an_approval_that_takes_two_is_an_approval(officer, exercise):
    answers(officer, exercise, "pass_to_second")
    ExerciseAnswer.objects.update(reason="would_approve")
    found = figures(OfficerFactory(supervisor=True))
    assert [(one.answered, one.agreed) for one in found.rows] == [(1, 0)]


@pytest.mark.parametrize(
    ("role", "shown"),
    [("officer", False), ("supervisor", True), ("provincial", True), ("administrator", False)],
)
def test_the_page_names_references_to_those_whose_people_they_are(
    signed_in,  # noqa: F811 - the fixture
    officer,
    exercise,
    role,
    shown,
):
    answers(officer, exercise, *["reject"] * 12)
    who = officer if role == "officer" else OfficerFactory(**{role: True})
    page = signed_in(Client(), who).get("/staff/quality/").content.decode()
    assert "Exercises" in page
    assert (exercise.reference in page) == shown
