"""The page of the log through the client: who may, what it finds, page after page."""

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from audit.views.entries import PAGE
from population.models import ImportRun
from tests.factories import OfficeFactory, OfficerFactory

QUERIES = 8


def look(**who) -> Entry:
    return record(Action.CASE_SEARCHED, None, actor=Actor.officer(OfficerFactory(**who)))


def shown(answer) -> list[int]:
    return [shown.entry.pk for shown in answer.context["entries"]]


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_administrators_and_auditors_read_the_log(sign_in, role):
    assert sign_in(OfficerFactory(**{role: True})).get(reverse("audit:list")).status_code == 200


@pytest.mark.parametrize("who", [{}, {"supervisor": True}])
def test_who_decides_does_not_read_the_log(sign_in, who):
    assert sign_in(OfficerFactory(**who)).get(reverse("audit:list")).status_code == 403


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get(reverse("audit:list"))
    assert [answer.status_code, answer.url.partition("?")[0]] == [302, reverse("account_login")]


@pytest.mark.parametrize("entries", [1, 3])
def test_the_page_asks_as_often_for_three_entries_as_for_one(reader, entries):
    written = [look().pk for _ in range(entries)]
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(reverse("audit:list"), {"action": Action.CASE_SEARCHED})
    # One entry in 32 asks for a block of numbers as well.
    queries = [query for query in asked if "nextval" not in query["sql"]]
    assert [shown(answer), len(queries)] == [written[::-1], QUERIES]


def test_reading_the_log_is_written_to_the_log(reader, auditor):
    OfficeFactory(code="1206")
    for office in ("1206", "Somchai 4321"):  # which is no office: nothing of it is written
        reader.get(reverse("audit:list"), {"office": office})
    entry = Entry.objects.get(action=Action.AUDIT_VIEWED)
    assert [entry.actor_id, entry.details] == [str(auditor.pk), {"by_office": "1206", "entries": 0}]


def test_each_filter_leaves_what_it_asks_for(reader):
    office = OfficeFactory()
    first, second = look(office=office), look(elsewhere=True)
    subject = record(Action.CASE_VIEWED, office, actor=Actor.system("test"))
    filters = [
        {"actor": first.actor_id},
        {"office": "5001"},
        {"subject": office.pk},
        {"action": Action.CASE_VIEWED, "actor": "test"},
    ]
    found = [shown(reader.get(reverse("audit:list"), chosen)) for chosen in filters]
    assert found == [[first.pk], [second.pk], [subject.pk], [subject.pk]]


def test_days_are_days_of_bangkok_and_both_count(reader):
    entry = look()
    today = timezone.localdate()
    beside = today + datetime.timedelta(days=1), today - datetime.timedelta(days=1)
    days = [(today, today), (beside[0], beside[0]), (beside[1], beside[1])]
    found = [
        shown(
            reader.get(
                reverse("audit:list"),
                {"since": since, "until": until, "action": Action.CASE_SEARCHED},
            )
        )
        for since, until in days
    ]
    assert found == [[entry.pk], [], []]


def test_pages_follow_each_other_without_a_gap_while_the_log_grows(reader):
    written = [look().pk for _ in range(PAGE + 2)]
    asked = {"action": Action.CASE_SEARCHED}
    first = reader.get(reverse("audit:list"), asked)
    look()
    second = reader.get(reverse("audit:list"), asked | {"before": first.context["older"]})
    assert [shown(first) + shown(second), second.context["older"]] == [written[::-1], ""]


def test_htmx_gets_the_table_alone(reader):
    answer = reader.get(reverse("audit:list"), headers={"HX-Request": "true"})
    assert answer.templates[0].name == "audit/parts/entries.html"


PERSONAL = [
    "1-2345-67890-12-3",
    "1234567890123",
    "a@example.org",
    "Somchai",
    "สมชาย ใจดี",
    "0812345678",
]


@pytest.mark.parametrize("field", ["actor", "subject"])
@pytest.mark.parametrize("text", PERSONAL)
def test_nothing_that_names_a_person_is_written_by_asking_for_it(reader, field, text):
    look()
    answer = reader.get(reverse("audit:list"), {field: text})
    assert list(answer.context["form"].errors) == [field]
    assert not Entry.objects.filter(action=Action.AUDIT_VIEWED).exists()


@pytest.mark.parametrize("field", ["actor", "subject"])
def test_an_identifier_may_be_asked_for_before_the_log_has_it(reader, field):
    asked = {field: "01a22341-a3aa-7465-9540-956ccfaf91b0"}
    assert reader.get(reverse("audit:list"), asked).context["form"].errors == {}
    assert Entry.objects.get(action=Action.AUDIT_VIEWED).details == {
        f"by_{field}": asked[field],
        "entries": 0,
    }


@pytest.mark.parametrize("place", ["x", "1_x", "1", f"{10**30}_1"])
def test_an_unreadable_place_is_not_found(reader, place):
    assert reader.get(reverse("audit:list"), {"before": place}).status_code == 404


@pytest.mark.parametrize(("before", "now"), settings.MODELS_MOVED.items())
def test_an_entry_about_a_model_that_has_moved_is_shown_in_words(before, now):
    words = Entry(subject_type=before).subject_name
    assert words == apps.get_model(now)._meta.verbose_name


@pytest.mark.django_db
def test_what_was_written_about_a_model_before_it_moved_is_found():
    run = ImportRun.objects.create(file_name="a.csv", file_bytes=1, fingerprint=bytes(32))
    subject = {"subject_type": "rollout.importrun", "subject_id": str(run.pk)}
    before = Entry(**subject, at=timezone.now(), transaction_id=0, id=1, mac=bytes(16))
    Entry.objects.bulk_create([before])
    assert [entry.pk for entry in Entry.objects.about(run)] == [1]


def test_an_office_is_asked_for_by_name_or_code_and_its_code_alone_is_written(reader):
    OfficeFactory(code="1006", name_en="Bang Kapi", name_th="บางกะปิ")
    entry = look(office=OfficeFactory(code="1206"))
    for text in ("Bang Kapi", "บางกะปิ", "bang k", "Bang Kapi (1006)", "1006"):
        assert shown(reader.get(reverse("audit:list"), {"office": text})) == []
    assert shown(reader.get(reverse("audit:list"), {"office": "Office 1206"})) == [entry.pk]
    asked = Entry.objects.filter(action=Action.AUDIT_VIEWED).values_list("details__by_office")
    assert sorted(code for (code,) in asked) == ["1006"] * 5 + ["1206"]


@pytest.mark.parametrize("text", ["Somchai Jaidee", "1234567890123", "a@example.org", "x"])
def test_what_is_no_office_is_neither_looked_for_nor_written(reader, text):
    OfficeFactory(name_en="Bang Kapi")
    answer = reader.get(reverse("audit:list"), {"office": text})
    assert list(answer.context["form"].errors) == ["office"]
    assert not Entry.objects.filter(action=Action.AUDIT_VIEWED).exists()


def test_of_several_offices_of_one_name_the_page_tells_the_codes(reader):
    for code in ("3015", "9021"):
        OfficeFactory(code=code, name_en="Chaloem Phra Kiat")
    answer = reader.get(
        reverse("audit:list"), {"office": "Chaloem Phra Kiat"}, headers={"Accept-Language": "en"}
    )
    told = answer.context["form"].errors["office"][0]
    assert "Chaloem Phra Kiat (3015), Chaloem Phra Kiat (9021)" in told


def test_entries_say_the_office_by_name_with_its_code(reader):
    look(office=OfficeFactory(code="1006", name_en="Bang Kapi", name_th="บางกะปิ"))
    for language, name in (("en", "Bang Kapi"), ("th", "บางกะปิ")):
        headers = {"Accept-Language": language}
        page = reader.get(reverse("audit:list"), {"office": "1006"}, headers=headers)
        assert f"{name} (1006)" in page.text
