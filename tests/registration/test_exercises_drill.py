"""Two hundred exercises decided, and everything else in the portal is as it was."""

import itertools
import re

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from core.housekeeping import do_duties
from registration.models import (
    Exercise,
    ExerciseAnswer,
    ExercisePicture,
    ExerciseShare,
    ServedExercise,
)
from registration.services.exercises.arriving import let_come
from registration.services.review_numbers import supervisors_numbers
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.known_cases import HOUR, known, two_makers
from tests.test_house_rules import APPS, name_of, sources

pytestmark = pytest.mark.django_db
OWN = (Exercise, ExercisePicture, ServedExercise, ExerciseAnswer, ExerciseShare)
DECISIONS = 200
ANSWERS = itertools.cycle(
    [
        {"move": "approve"},
        {"move": "reject", "reasons": ["not_the_same"]},
        {"move": "ask_retake", "reasons": ["card_unclear"]},
        {"move": "pass_to_second"},
    ]
)
FIGURES = [
    "/staff/dashboard/", "/staff/dashboard/?days=7", "/staff/quality/", "/staff/numbers/",
    "/staff/queue/?queue=decided", "/staff/queue/", "/staff/rollout/",
]  # fmt: skip


MAY = {
    "dashboards/quality/exercises.py",
    "registration/apps.py",
    "registration/exercise_forms.py",
    "registration/models/__init__.py",
    "registration/models/exercises.py",
    "registration/models/served_exercises.py",
    "registration/services/reassigning/plan.py",  # whose hands are free
    "registration/services/review_queue.py",
    "registration/views/exercises.py",
}
OF_THE_PAGES = ("registration/services/exercises/", "registration/views/review/")


def test_what_acts_on_and_counts_enrollments_does_not_know_of_exercises():
    names = re.compile(
        r"\bServedExercise\b|\bExerciseAnswer\b|\bExercise(,|\.objects)|registration\.services\.exercises"
    )
    knowing = {name_of(path) for path in sources(*APPS) if names.search(path.read_text())}
    others = {name for name in knowing if not name.startswith(OF_THE_PAGES)}
    assert {name for name in others if "/migrations/" not in name} == MAY


def everything() -> dict[str, list]:
    """Each row of each table but the exercises', the log and sessions."""
    left_out = {*OWN, Session}
    models = [m for m in apps.get_models() if m not in left_out and m._meta.app_label != "audit"]
    tables = {model._meta.db_table for model in models if not model._meta.proxy}
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608 - names of our tables
            rows[table] = [row for (row,) in cursor.fetchall()]
    return rows


def without_reaping(rows: dict[str, list]) -> dict[str, list]:
    """Where the search for files without a row stands goes on by the clock."""
    return rows | {"upkeep_progress": []}


def figures(readers: list[Client]) -> list[list[str]]:
    """What who reads figures is shown: the words and numbers of each page, without clocks."""
    shown = []
    for reader, address in itertools.product(readers, FIGURES):
        answer = reader.get(address)
        html = answer.content.decode() if answer.status_code == 200 else ""
        own = r'<section aria-labelledby="exercises">.*?</section>'  # theirs
        text = re.sub(r"<[^>]*>", "", re.sub(own, "", html, flags=re.DOTALL))
        clocks = r"\d+:\d\d(:\d\d)?( \(so far\))?|\d+[\s\xa0]?(seconds?|minutes?)"
        words = re.sub(clocks, "TIME", text).split("\n")
        shown.append([address, str(answer.status_code), *(w.strip() for w in words if w.strip())])
    return shown


def metrics(reader: Client) -> list[str]:
    """The gauges of cases, places and jobs; what a process counts of itself goes on."""
    lines = (
        reader.get("/metrics/", headers={"Authorization": "Bearer a-token"})
        .content.decode()
        .splitlines()
    )
    ours = re.compile(r"dopa_(?!audit|.*(_total|_created|_bucket|_sum|_count|seconds))")
    return [line for line in lines if ours.match(line)]


@pytest.fixture
def readers(signed_in) -> list[Client]:
    roles = ("supervisor", "provincial", "administrator", "auditor")
    return [signed_in(Client(), OfficerFactory(**{role: True})) for role in roles]


def test_nothing_but_the_exercises_own_rows_has_changed(
    client, officer, signed_in, readers, settings
):
    settings.METRICS_TOKEN = "a-token"
    staff, makers = signed_in(client, officer), two_makers()
    supervisor = OfficerFactory(supervisor=True)
    EnrollmentFactory.create_batch(3, state=State.VERIFIED)
    put = [let_come(known(nth, by=makers), officer.office, after=-HOUR) for nth in range(DECISIONS)]
    staff.get("/staff/queue/")
    do_duties(within=HOUR)
    rows, told = everything(), figures(readers)
    numbers, gauges = supervisors_numbers(supervisor), metrics(readers[2])
    first = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
    staff.get(reverse("review:case", args=[put[0].pk]))
    for one, answer in zip(put, ANSWERS, strict=False):
        staff.post(reverse("review:take", args=[one.pk]))
        decided = staff.post(reverse("review:decide", args=[one.pk]), answer)
        assert decided.status_code == 302
    assert ExerciseAnswer.objects.count() == DECISIONS
    do_duties(within=HOUR)
    assert without_reaping(everything()) == without_reaping(rows)
    assert supervisors_numbers(supervisor) == numbers
    later = Entry.objects.filter(id__gt=first)
    assert set(later.values_list("action", flat=True)) == {"exercise.moved", "exercise.viewed"}
    assert metrics(readers[2]) == gauges != []
    for now, then in zip(figures(readers), told, strict=True):
        assert now == then
