"""Searching the log from what people know: what is found, who may, what nobody smuggles in."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from audit.actions import Action
from audit.models import Entry
from audit.search.query import TakesTooLong, in_bounded_time
from audit.search.sentence_words import SENTENCES
from audit.services import Actor, record
from registration.services.moves import move
from registration.states import State
from rollout.models import Phase
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.relying_parties.factories import RelyingPartyFactory

ENGLISH = {"Accept-Language": "en"}
FIND = reverse("audit:find")
QUERIES = 14


def meant(reader, about: str, text: str) -> list[str]:
    answer = reader.post(FIND, {"about": about, "text": text}, headers=ENGLISH)
    return [one.pk for one in answer.context["found"]]


def sentences(reader, **asked) -> list[str]:
    days = reader.get(FIND, asked, headers=ENGLISH).context["days"]
    return [one.sentence for day in days for one in day.said]


def test_every_action_has_a_sentence():
    assert set(SENTENCES) == set(Action)


def test_people_and_things_are_found_by_what_is_known_of_them(reader):
    office = OfficeFactory(code="5001", name_en="Mueang Chiang Mai")
    officer = OfficerFactory(name="Somchai Jaidee", email="somchai@dopa.example", office=office)
    case, service = EnrollmentFactory(), RelyingPartyFactory(name_en="Revenue Department")
    phase = Phase.objects.create(
        code="isan", name="Isan", capacity=1, starts_on=timezone.localdate()
    )
    known = [
        ("officer", "JAIDEE", str(officer.pk)),
        ("officer", "somchai@", str(officer.pk)),
        ("office", "chiang", office.pk),
        ("office", "5001", office.pk),
        ("case", case.reference.lower().replace("-", " "), str(case.pk)),
        ("service", "revenue", str(service.pk)),
        ("phase", "Isan", phase.pk),
    ]
    assert [meant(reader, about, text) for about, text, _pk in known] == [
        [pk] for _about, _text, pk in known
    ]


def test_a_phase_is_found_and_named_in_the_readers_language(reader):
    for language, text in (("th", "ทั่วประเทศ"), ("en", "National"), ("th", "national")):
        headers = {"Accept-Language": language}
        answer = reader.post(FIND, {"about": "phase", "text": text}, headers=headers)
        name = {"th": "ทั่วประเทศ", "en": "National"}[language]
        assert [(one.pk, one.name) for one in answer.context["found"]] == [("national", name)]


def test_cases_are_not_listed_by_a_part_of_their_reference(reader):
    case = EnrollmentFactory()
    assert [meant(reader, "case", part) for part in (case.reference[:9], "-", "%%", "__")] == [
        []
    ] * 4


@pytest.mark.parametrize("text", ["Somchai Jaidee", "somchai@dopa.example", "1234567890123"])
def test_what_is_typed_is_in_neither_the_log_nor_an_address(reader, text):
    officer = OfficerFactory(name="Somchai Jaidee", email="somchai@dopa.example")
    answer = reader.post(FIND, {"about": "officer", "text": text})
    entry = Entry.objects.get(action=Action.AUDIT_VIEWED)
    assert entry.details["by_about"] == "officer"
    assert set(entry.details["found"]) <= {str(officer.pk)}
    assert text not in str(entry.details)
    assert f"subject={text}" not in answer.text


def test_an_entry_is_a_sentence_under_its_day(reader):
    office = OfficeFactory(code="1006", name_en="Bang Kapi", name_th="บางกะปิ")
    officer = OfficerFactory(name="Somchai", office=office)
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    move(case, "take", actor=Actor.officer(officer))
    asked = {"about": "case", "subject": str(case.pk)}
    assert sentences(reader, **asked) == [f"Somchai of Bang Kapi took case {case.reference}"]
    answer = reader.get(FIND, asked, headers={"Accept-Language": "th"})
    assert answer.context["days"][0].said[0].sentence.startswith("Somchai (บางกะปิ) รับคำขอ")
    assert answer.context["days"][0].day == timezone.localdate()
    entry = Entry.objects.get(action=Action.TAKE)
    assert reverse("audit:entry", args=[entry.pk]) in answer.text


def test_an_officers_search_has_what_they_did_and_what_was_done_with_their_account(reader):
    officer, other = OfficerFactory(), OfficerFactory()
    record(Action.CASE_SEARCHED, None, actor=Actor.officer(officer))
    record(Action.OFFICER_SESSION_ENDED, officer, actor=Actor.officer(other))
    record(Action.CASE_SEARCHED, None, actor=Actor.officer(other))
    answer = reader.get(FIND, {"about": "officer", "subject": str(officer.pk)})
    found = [one.entry.action for day in answer.context["days"] for one in day.said]
    assert found == [Action.OFFICER_SESSION_ENDED, Action.CASE_SEARCHED]


def test_things_of_another_kind_with_the_same_identifier_are_not_mixed_in(reader):
    office = OfficeFactory(code="5001")
    phase = Phase(code="5001", name="x", capacity=1, starts_on=timezone.localdate())
    phase.save()
    record(Action.CASE_VIEWED, office, actor=Actor.system("test"))
    assert sentences(reader, about="phase", subject="5001") == []
    assert len(sentences(reader, about="office", subject="5001")) == 1


def test_a_search_is_an_entry_of_what_was_asked(reader, auditor):
    officer = OfficerFactory()
    reader.get(FIND, {"about": "officer", "subject": str(officer.pk), "action": "case.viewed"})
    entry = Entry.objects.get(action=Action.AUDIT_VIEWED)
    today = timezone.localdate()
    assert [entry.actor_id, entry.details] == [
        str(auditor.pk),
        {
            "by_about": "officer",
            "by_subject": str(officer.pk),
            "by_action": "case.viewed",
            "by_since": str(today - datetime.timedelta(days=29)),
            "by_until": str(today),
            "entries": 0,
        },
    ]


TYPED = [
    {"about": "officer", "subject": "Somchai Jaidee"},
    {"about": "officer", "subject": "a@example.org"},
    {"about": "office", "subject": "Bang Kapi"},
    {"about": "phase", "subject": "1234567890123"},
    {"about": "citizen", "subject": "01a22341-a3aa-7465-9540-956ccfaf91b0"},
    {"about": "case", "subject": "01A22341-A3AA-7465-9540-956CCFAF91B0"},
]
A_CASE = {"about": "case", "subject": "01a22341-a3aa-7465-9540-956ccfaf91b0"}
DAYS = [
    {"since": "2025-01-01", "until": "2026-06-01"},
    {"since": "2026-02-02", "until": "2026-02-01"},
    {"since": "9999-01-01"},
    {"action": "Somchai"},
]


@pytest.mark.parametrize("asked", TYPED + [A_CASE | days for days in DAYS])
def test_what_is_typed_into_the_address_is_told_and_not_searched(reader, asked):
    assert reader.get(FIND, asked).status_code == 422
    assert not Entry.objects.filter(action=Action.AUDIT_VIEWED).exists()


@pytest.mark.parametrize("place", ["x", "1_x", f"{10**30}_1"])
def test_an_unreadable_place_is_not_found(reader, place):
    assert reader.get(FIND, A_CASE | {"before": place}).status_code == 404


def test_pages_follow_each_other_without_a_gap(reader):
    officer = OfficerFactory()
    for _each in range(60):
        record(Action.CASE_SEARCHED, None, actor=Actor.officer(officer))
        record(Action.OFFICER_MFA_USED, officer, actor=Actor.officer(officer))
    asked, found, place = {"about": "officer", "subject": str(officer.pk)}, [], ""
    for _page in range(3):
        answer = reader.get(FIND, asked | {"before": place})
        found += [one.entry.pk for day in answer.context["days"] for one in day.said]
        place = answer.context["older"]
    written = Entry.objects.filter(actor_id=officer.pk).order_by("-at", "-id")
    assert [found, place] == [list(written.values_list("pk", flat=True)), ""]


@pytest.mark.parametrize("entries", [1, 3])
def test_the_page_asks_as_often_for_three_entries_as_for_one(reader, entries):
    officer = OfficerFactory()
    for _each in range(entries):
        record(Action.CASE_SEARCHED, None, actor=Actor.officer(officer))
    with CaptureQueriesContext(connection) as asked:
        reader.get(FIND, {"about": "officer", "subject": str(officer.pk)})
    queries = [query for query in asked if "nextval" not in query["sql"]]
    assert len(queries) == QUERIES


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_given_up_and_the_limit_goes_with_it(settings):
    settings.AUDIT_SEARCH = settings.AUDIT_SEARCH | {"seconds": 0.05}
    with pytest.raises(TakesTooLong), in_bounded_time(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    with in_bounded_time():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone() == ("0",)


@pytest.mark.parametrize("who", [{}, {"supervisor": True}, {"provincial": True}])
def test_who_decides_searches_nothing_not_even_by_a_known_address(sign_in, who):
    client = sign_in(OfficerFactory(**who))
    answers = [
        client.get(FIND, A_CASE),
        client.post(FIND, {"about": "officer", "text": "Somchai"}),
        client.post(reverse("audit:find_file"), A_CASE),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3


def test_words_of_the_other_language_are_not_mixed_in(reader):
    with translation.override("th"):
        assert all("%(who)s" in str(text) for text in SENTENCES.values())
