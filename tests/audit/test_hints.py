"""Unusual access: what is pointed out, what is not, and the way to the entries."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.hints import Kind, hints
from audit.models import Entry
from audit.services import Actor, record
from offices.models import Officer
from tests.audit.tree.logs import tamper
from tests.factories import EnrollmentFactory, OfficerFactory

pytestmark = pytest.mark.django_db
LIMITS = {"undecided": 3, "elsewhere": 2, "night": 2, "repeated": 4, "most": 5}
QUERIES = 11  # session, user, device; four kinds, decisions, names, offices, the entry
NOON, NIGHT, EARLY = datetime.time(12), datetime.time(23), datetime.time(4, 59)


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.AUDIT_HINTS = settings.AUDIT_HINTS | LIMITS


@pytest.fixture
def officer() -> Officer:
    return OfficerFactory()


def moment(at: datetime.time, *, days_ago: int = 1) -> datetime.datetime:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return timezone.make_aware(datetime.datetime.combine(day, at))


def open_cases(officer: Officer, number: int, *, of: str = "", case=None, at=None) -> None:
    """Openings at a moment, yesterday at noon without one."""
    for _ in range(number):
        opened, office = case or EnrollmentFactory(), of or officer.office_id
        entry = record(
            Action.CASE_VIEWED, opened, actor=Actor.officer(officer), subject_office=office
        )
        tamper("UPDATE audit_entry SET at = %s WHERE id = %s", (at or moment(NOON), entry.pk))


def pointed_out() -> list[tuple]:
    return [(hint.kind, hint.actor_id, hint.count) for hint in hints()]


def test_who_opens_many_cases_and_decides_none_is_pointed_out(officer):
    open_cases(officer, 2)
    assert pointed_out() == []
    open_cases(officer, 1)
    assert pointed_out() == [(Kind.UNDECIDED, str(officer.pk), 3)]


def test_who_decides_what_was_opened_is_not_pointed_out(officer):
    open_cases(officer, 3)
    with transaction.atomic():
        record(Action.APPROVE, EnrollmentFactory(), actor=Actor.officer(officer))
    assert pointed_out() == []


def test_looks_at_cases_of_another_office_are_pointed_out(officer):
    case = EnrollmentFactory()
    open_cases(officer, 2, of="5001", case=case)
    assert pointed_out() == [(Kind.ELSEWHERE, str(officer.pk), 2)]


@pytest.mark.parametrize(("of", "count"), [("1201", 0), ("5001", 1)])
def test_a_provincial_officer_is_at_home_in_the_province(of, count):
    open_cases(OfficerFactory(provincial=True), 2, of=of, case=EnrollmentFactory())
    assert len(pointed_out()) == count


def test_looks_at_night_are_pointed_out(officer):
    case = EnrollmentFactory()
    open_cases(officer, 2, case=case)
    open_cases(officer, 1, case=case, at=moment(NIGHT))
    assert pointed_out() == []
    open_cases(officer, 1, at=moment(EARLY))
    assert pointed_out() == [(Kind.NIGHT, str(officer.pk), 2)]


def test_the_same_case_again_and_again_is_pointed_out(officer):
    case = EnrollmentFactory()
    open_cases(officer, 4, case=case)
    [hint] = hints()
    assert [hint.kind, hint.subject_id, hint.count, hint.name] == [
        Kind.REPEATED,
        str(case.pk),
        4,
        officer.name,
    ]
    assert hint.case == case.reference


def test_what_is_older_than_the_days_looked_at_is_left_alone(officer):
    open_cases(officer, 4, at=moment(NIGHT, days_ago=8))
    assert pointed_out() == []


def test_each_hint_leads_to_the_entries_behind_it(officer, reader):
    open_cases(officer, 2, of="5001", case=EnrollmentFactory())
    open_cases(officer, 1)
    open_cases(officer, 2, case=EnrollmentFactory(), at=moment(NIGHT))
    found = hints()
    shown = [reader.get(f"{reverse('audit:list')}?{hint.query}") for hint in found]
    counts = [len(answer.context["entries"]) for answer in shown]
    assert [(hint.kind, count) for hint, count in zip(found, counts, strict=True)] == [
        (Kind.UNDECIDED, 5),
        (Kind.ELSEWHERE, 2),
        (Kind.NIGHT, 2),
    ]


@pytest.mark.parametrize("officers", [1, 3])
def test_the_page_asks_as_often_for_three_officers_as_for_one(reader, officers):
    for _ in range(officers):
        open_cases(OfficerFactory(), 3)
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(reverse("audit:hints"))
    queries = [query for query in asked if "nextval" not in query["sql"]]
    assert [len(answer.context["kinds"][0][1]), len(queries)] == [officers, QUERIES]


def test_reading_the_hints_is_written_to_the_log(reader, auditor):
    reader.get(reverse("audit:hints"))
    entry = Entry.objects.get(action=Action.AUDIT_VIEWED)
    assert [entry.actor_id, entry.details] == [str(auditor.pk), {"hints": 0}]


def test_every_kind_has_its_rule_in_words(reader):
    text = reader.get(reverse("audit:hints"), headers={"Accept-Language": "en"}).content.decode()
    rules = ("hardly any", "another office", "between 22:00 and 5:00", "4 times or more")
    assert [rule for rule in rules if rule not in text] == []
