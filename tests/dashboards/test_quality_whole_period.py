"""Quality over all the days that are asked for: all is counted, and what is only read says so."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dashboards.quality import exercises, figures, looks
from dashboards.quality.figures import quality
from registration.models import Decision
from tests.dashboards.test_quality import PAGE, SINCE, client_for, every_case_is_drawn, pair, seen
from tests.dashboards.test_quality_exercises import answers
from tests.dashboards.test_quality_exercises import figures as figures_of
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.known_cases import served

pytestmark = pytest.mark.django_db
__all__ = ["every_case_is_drawn", "pair"]


@pytest.fixture(autouse=True)
def little_is_read(monkeypatch):
    monkeypatch.setattr(figures, "SAMPLED", 2)
    monkeypatch.setattr(figures, "OF_EACH", 1)
    monkeypatch.setattr(looks, "LISTED", 2)
    monkeypatch.setattr(exercises, "LISTED", 2)


def supervisor_of(officer):
    return OfficerFactory(supervisor=True, office=officer.office)


def test_all_are_counted_and_never_more_seen_again_than_were_decided(pair):
    for move in ("approve", "approve", "reject"):
        seen(*pair, move)
    found = quality(supervisor_of(pair[0]), since=SINCE)
    rows = {row.name: (row.decided, row.seconded, row.overturned) for row in found.rows}
    assert rows == {"First": (3, 3, 1), "Second": (3, 0, 0)}
    assert [(row.key, row.decided, row.overturned) for row in found.reasons] == [
        ("not_the_same", 1, 1)
    ]
    assert [found.drawn, found.agreed, len(found.looks)] == [3, 2, 2]


def test_the_looks_that_are_listed_are_the_newest(pair):
    cases = [seen(*pair).pk for _each in range(3)]
    for days, case in zip((3, 1, 2), cases, strict=True):
        first = Decision.objects.filter(enrollment=case, officer=pair[0])
        first.update(decided_at=timezone.now() - timedelta(days=days))
    found = quality(supervisor_of(pair[0]), since=SINCE)
    assert [look.first.enrollment_id for look in found.looks] == [cases[1], cases[2]]


def test_decisions_of_the_same_reasons_are_one_row_and_of_several_reasons_in_each(pair):
    for reasons in (["not_the_same"], ["not_the_same"], ["not_the_same", "other"]):
        Decision.objects.create(
            enrollment=EnrollmentFactory(office=pair[0].office), officer=pair[0],
            move="reject", reasons=reasons,
        )  # fmt: skip
    found = quality(supervisor_of(pair[0]), since=SINCE)
    assert [(row.key, row.decided) for row in found.reasons] == [("not_the_same", 3), ("other", 1)]


def test_of_how_many_the_minutes_are_is_said_where_it_is_not_all(pair):
    supervisor = supervisor_of(pair[0])
    seen(*pair)
    assert quality(supervisor, since=SINCE).sampled is None
    seen(*pair)
    assert quality(supervisor, since=SINCE).sampled == 1
    english = client_for(supervisor).get(PAGE, headers={"Accept-Language": "en"})
    assert "the median of the newest 1 of each" in english.text


def test_the_minutes_are_of_the_newest_of_each(pair):
    """Two minutes for the older case, none for the newer."""
    with time_machine.travel(timezone.now(), tick=False):  # a slow machine decides in no time, too
        older, _newer = seen(*pair), seen(*pair)
    late = Decision.objects.filter(enrollment=older, officer=pair[1])
    at = late.get().decided_at
    late.update(decided_at=at + timedelta(minutes=2))
    rows = {row.name: row.in_hand for row in quality(supervisor_of(pair[0]), since=SINCE).rows}
    assert rows["Second"] == "2:00"
    late.update(decided_at=at)
    rows = {row.name: row.in_hand for row in quality(supervisor_of(pair[0]), since=SINCE).rows}
    assert rows["Second"] == "0:00"


def test_nobody_outside_reads_a_median_of_few(pair):
    for _each in range(6):
        seen(*pair)
    [told] = quality(OfficerFactory(administrator=True), since=SINCE).rows
    assert (told.decided, told.in_hand) == (12, "-")


def test_all_answers_to_exercises_are_counted_and_the_newest_are_listed():
    officer = OfficerFactory(name="Somsri")
    answers(officer, served(officer.office), *["reject"] * 6, *["approve"] * 4)
    found = figures_of(supervisor_of(officer))
    assert [(one.answered, one.agreed) for one in (*found.rows, *found.kinds)] == [(10, 6)] * 2
    assert len(found.newest) == 2
