"""Who looked at my data: what the citizen reads, asks and is answered."""

import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from identity import sessions
from identity.access import AnsweredAlready, AskedAlready, answer_question, ask_about
from identity.models import AccessQuestion, DigitalID
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("identity:access")
ENGLISH = {"Accept-Language": "en"}
QUERIES = 7  # session, digital ID, those before it, accesses, offices, questions, the entry "read"


@pytest.fixture
def digital_id() -> DigitalID:
    return DigitalIDFactory(enrollment_id=EnrollmentFactory().pk)


@pytest.fixture
def holder(client, digital_id) -> Client:
    session = client.session
    session[sessions.HOLDER] = str(digital_id.pk)
    session[sessions.UNLOCKED_AT] = time.time()
    session.save()
    return client


def look(digital_id: DigitalID, **who) -> Entry:
    case = EnrollmentFactory.build(pk=digital_id.enrollment_id)
    return record(Action.CASE_VIEWED, case, actor=Actor.officer(OfficerFactory(**who)))


def check(digital_id: DigitalID) -> Entry:
    details = {"verdict": "active", "purpose": "photo"}
    return record(Action.DIGITAL_ID_CHECKED, digital_id, actor=Actor.anonymous(), **details)


def read(holder: Client) -> list[tuple]:
    answer = holder.get(PAGE, headers=ENGLISH)
    return [(one.who, str(one.what), one.shown) for one in answer.context["accesses"]]


def test_looks_and_checks_are_told_in_words_newest_first(holder, digital_id):
    look(digital_id)
    check(digital_id)
    look(digital_id, auditor=True)
    look(DigitalIDFactory(enrollment_id=EnrollmentFactory().pk))
    opened = "Opened your registration to review it."
    assert read(holder) == [
        (
            "An auditor of the Department of Provincial Administration",
            "Opened your registration to see whether it was handled rightly.",
            "",
        ),
        (
            "Whoever scanned your code",
            "Checked the digital ID that you showed.",
            "Photo and name",
        ),
        ("An officer of Office 1206", opened, ""),
    ]


def test_a_service_that_received_data_is_told(holder, digital_id):
    citizen = Actor.citizen(digital_id.enrollment_id)
    with transaction.atomic():
        record(Action.SERVICE_SIGNED_IN, digital_id, actor=citizen, claims=["name"])
    received = "Received the data that you agreed to."
    assert read(holder) == [("A service that you signed in to", received, "")]


def test_the_page_names_no_officer(holder, digital_id):
    entry = look(digital_id, name="Somchai Rakthai")
    page = holder.get(PAGE, headers=ENGLISH).content.decode()
    assert "Opened your registration to review it." in page
    assert [part for part in ("Somchai", entry.actor_id) if part in page] == []


def test_the_page_opens_after_unlocking_only(client, digital_id):
    session = client.session
    session[sessions.HOLDER] = str(digital_id.pk)
    session.save()
    answers = [client.get(PAGE), client.get(reverse("identity:ask", args=[1]))]
    assert [answer.url for answer in answers] == [reverse("identity:unlock")] * 2


def test_reading_is_written_down(holder, digital_id):
    holder.get(PAGE)
    entry = Entry.objects.get(action=Action.ACCESS_LOG_READ)
    assert [entry.actor_kind, entry.actor_id, entry.subject_id] == [
        "citizen",
        str(digital_id.enrollment_id),
        str(digital_id.pk),
    ]


@pytest.mark.parametrize("looks", [1, 3])
def test_the_page_asks_as_often_for_three_accesses_as_for_one(holder, digital_id, looks):
    for _ in range(looks):
        look(digital_id)
    with CaptureQueriesContext(connection) as asked:
        assert len(read(holder)) == looks
    assert len([query for query in asked if "nextval" not in query["sql"]]) == QUERIES


def test_older_accesses_follow_without_a_gap(holder, digital_id):
    written = [look(digital_id).pk for _ in range(22)]
    first = holder.get(PAGE)
    second = holder.get(PAGE, {"before": first.context["older"]})
    shown = [one.entry.pk for answer in (first, second) for one in answer.context["accesses"]]
    assert [shown, holder.get(PAGE, {"before": "x"}).status_code] == [written[::-1], 404]


def test_a_question_becomes_a_case_for_an_administrator(holder, digital_id):
    entry = look(digital_id)
    answer = holder.post(reverse("identity:ask", args=[entry.pk]), {"words": "Why?"})
    question = AccessQuestion.objects.get()
    assert [answer.url, question.question, question.entry_id] == [PAGE, "Why?", entry.pk]
    written = Entry.objects.get(action=Action.ACCESS_QUESTIONED)
    assert [written.subject_id, written.details] == [str(question.pk), {"entry": entry.pk}]
    assert b"Why?" not in bytes(question.question_sealed)


def test_an_empty_question_is_refused(holder, digital_id):
    answer = holder.post(reverse("identity:ask", args=[look(digital_id).pk]), {"words": " "})
    assert [answer.status_code, AccessQuestion.objects.count()] == [422, 0]


def test_nobody_asks_about_anothers_entry(holder):
    entry = look(DigitalIDFactory(enrollment_id=EnrollmentFactory().pk))
    assert holder.get(reverse("identity:ask", args=[entry.pk])).status_code == 404


def test_an_entry_is_asked_about_once(digital_id):
    entry = look(digital_id)
    ask_about(digital_id, entry, words="Why?")
    with pytest.raises(AskedAlready), transaction.atomic():
        ask_about(digital_id, entry, words="Why, again?")
    assert Entry.objects.filter(action=Action.ACCESS_QUESTIONED).count() == 1


def test_the_answer_reaches_the_citizen(holder, digital_id):
    question = ask_about(digital_id, look(digital_id), words="Why?")
    waiting = holder.get(PAGE, headers=ENGLISH).content.decode()
    officer = OfficerFactory(administrator=True)
    answer_question(question, words="Your case was due.", officer=officer)
    answered = holder.get(PAGE, headers=ENGLISH).content.decode()
    assert "The administrators have not answered yet." in waiting
    assert "Your case was due." in answered
    entry = Entry.objects.get(action=Action.ACCESS_ANSWERED)
    assert [entry.actor_id, entry.subject_id] == [str(officer.pk), str(question.pk)]


def test_a_question_is_answered_once(digital_id):
    question = ask_about(digital_id, look(digital_id), words="Why?")
    officer = OfficerFactory(administrator=True)
    answer_question(question, words="Because.", officer=officer)
    with pytest.raises(AnsweredAlready):
        answer_question(question, words="Other words.", officer=officer)
