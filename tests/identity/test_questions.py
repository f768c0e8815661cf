"""The administrators' pages for what citizens ask about accesses."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from identity.access import answer_question, ask_about
from identity.models import AccessQuestion
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
LIST = reverse("questions:list")
QUERIES = 5  # session, user, device, the number of questions, the questions


def asked(words: str = "Why was my file opened?") -> AccessQuestion:
    digital_id = DigitalIDFactory(enrollment_id=EnrollmentFactory().pk)
    entry = record(Action.DIGITAL_ID_CHECKED, digital_id, actor=Actor.anonymous())
    return ask_about(digital_id, entry, words=words)


def client_of(**who) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, OfficerFactory(**who))
    return client


def page_of(question: AccessQuestion) -> str:
    return reverse("questions:question", args=[question.pk])


@pytest.fixture
def administrator() -> Client:
    return client_of(administrator=True)


def test_open_questions_come_first_and_the_oldest_on_top(administrator):
    first, second, third = asked(), asked(), asked()
    answer_question(first, words="Because.", officer=OfficerFactory(administrator=True))
    shown = [question.pk for question in administrator.get(LIST).context["page"]]
    assert shown == [second.pk, third.pk, first.pk]


@pytest.mark.parametrize("questions", [1, 3])
def test_the_list_asks_as_often_for_three_questions_as_for_one(administrator, questions):
    for _ in range(questions):
        asked()
    with CaptureQueriesContext(connection) as queries:
        assert len(administrator.get(LIST).context["page"]) == questions
    assert len(queries) == QUERIES


def test_a_question_is_read_with_its_entry_and_that_is_written_down(administrator):
    question = asked()
    page = administrator.get(page_of(question)).content.decode()
    assert "Why was my file opened?" in page
    assert reverse("audit:entry", args=[question.entry_id]) in page
    seen = Entry.objects.get(action=Action.AUDIT_VIEWED)
    assert [seen.subject_type, seen.subject_id] == ["identity.accessquestion", str(question.pk)]


def test_an_administrator_answers(administrator):
    question = asked()
    answer = administrator.post(page_of(question), {"words": "Your case was due."})
    question.refresh_from_db()
    assert [answer.url, question.answer] == [page_of(question), "Your case was due."]
    assert Entry.objects.filter(action=Action.ACCESS_ANSWERED).count() == 1


def test_an_empty_answer_is_refused_and_a_second_one_changes_nothing(administrator):
    question = asked()
    assert administrator.post(page_of(question), {"words": ""}).status_code == 422
    for words in ("First.", "Second."):
        administrator.post(page_of(question), {"words": words})
    question.refresh_from_db()
    assert question.answer == "First."


def test_an_auditor_reads_and_does_not_answer():
    question, auditor = asked(), client_of(auditor=True)
    answers = [auditor.get(page_of(question)), auditor.post(page_of(question), {"words": "No."})]
    assert [answer.status_code for answer in answers] == [200, 403]


@pytest.mark.parametrize("who", [{}, {"supervisor": True}, {"provincial": True}])
def test_who_decides_cases_reads_no_questions(who):
    assert client_of(**who).get(page_of(asked())).status_code == 403
