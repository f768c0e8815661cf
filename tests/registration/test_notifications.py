"""The citizen hears of retake, approval, rejection: once, in the own language, impersonally."""

import json
import uuid
from pathlib import Path

import pytest
from django.utils import timezone

from audit.models import Entry
from audit.services import Actor
from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from identity.contacts import clean_contact
from registration.jobs import tell_citizen
from registration.models import Contact, Enrollment, Notice
from registration.services import decisions as deciding
from registration.services import notifications as telling
from registration.services import review
from registration.services.moves import move
from registration.states import State
from registration.views.sessions import SESSION_KEY
from tests.factories import EnrollmentFactory, OfficerFactory

pytestmark = pytest.mark.django_db
PHONE = "081-234-5678"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.MESSAGES_DIR = tmp_path / "messages"
    return settings.MESSAGES_DIR


@pytest.fixture
def case(folder) -> Enrollment:
    enrollment = EnrollmentFactory(state=State.WAITING_REVIEW, language="th")
    give_contact(enrollment, PHONE)
    return enrollment


def give_contact(enrollment: Enrollment, text: str) -> None:
    channel, address = clean_contact(text)
    citizen = Actor.citizen(enrollment.pk)
    telling.keep_contact(enrollment, channel=channel, address=address, actor=citizen)


def reject(case: Enrollment) -> None:
    officer = OfficerFactory()
    taken = review.take_case(case, officer=officer)
    deciding.reject_enrollment(taken, officer=officer, reasons=["other"], message="นายสมชาย")


def run_due_jobs() -> None:
    Job.objects.filter(state=JobState.READY).update(not_before=timezone.now())
    for job in Job.objects.filter(state=JobState.READY):
        outbox.run(job.pk)


def messages(folder: Path) -> list[dict]:
    files = sorted(folder.glob("*.json")) if folder.exists() else []
    return [json.loads(file.read_text()) for file in files]


def test_a_rejection_is_told_in_the_citizens_language_and_tells_nothing_else(case, folder):
    reject(case)
    run_due_jobs()
    (message,) = messages(folder)
    assert [message["channel"], message["to"]] == ["sms", "+66812345678"]
    personal = ("สมชาย", case.reference, "1206", "http")
    assert [word for word in personal if word in message["text"]] == []
    assert message["text"].startswith("การลงทะเบียนของท่านยังไม่ได้รับการอนุมัติ")
    assert Notice.objects.get().outcome == "sent"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (State.CHECKING, "pass_checks"),
        (State.CHECKING, "ask_retake"),
        (State.IN_REVIEW, "approve"),
        (State.IN_REVIEW, "ask_retake"),
        (State.IN_REVIEW, "reject"),
    ],
)
def test_every_answer_is_told(folder, source, name):
    enrollment = EnrollmentFactory(state=source, language="en")
    give_contact(enrollment, "somchai@example.org")
    move(enrollment, name, actor=Actor.system("test"))
    run_due_jobs()
    assert [message["to"] for message in messages(folder)] == ["somchai@example.org"]


def test_news_that_is_no_longer_true_is_not_told(case, folder):
    reject(case)
    Enrollment.objects.update(state_since=timezone.now())
    run_due_jobs()
    assert [messages(folder), Notice.objects.get().outcome] == [[], "overtaken"]


def test_nothing_is_told_before_a_decision_can_no_longer_be_taken_back(case, folder):
    reject(case)
    for job in Job.objects.all():
        outbox.run(job.pk)
    assert messages(folder) == []


def test_a_worker_killed_after_it_sent_sends_no_second_message(case, folder):
    reject(case)
    Job.objects.update(not_before=timezone.now())
    job = outbox.claim(Job.objects.get().pk)
    Job.objects.update(claim=uuid.uuid4())
    with pytest.raises(outbox.ClaimLost):
        tell_citizen(job)
    Job.objects.update(state=JobState.READY)
    run_due_jobs()
    assert [len(messages(folder)), Job.objects.get().state] == [1, JobState.DONE]


def test_whoever_gave_no_address_hears_nothing_and_costs_no_job(folder):
    reject(EnrollmentFactory(state=State.WAITING_REVIEW))
    assert [Job.objects.count(), Notice.objects.count()] == [0, 0]


def test_a_message_that_cannot_be_sent_is_given_up_and_holds_nothing_up(case, folder):
    folder.write_text("a file where the folder should be")
    reject(case)
    for _ in range(4):
        run_due_jobs()
    assert [Notice.objects.get().outcome, Job.objects.get().state] == ["given_up", JobState.PARKED]
    assert Enrollment.objects.get().state == State.REJECTED


def test_the_address_is_sealed_and_not_in_the_log(case):
    contact = Contact.objects.get()
    assert [b"812345678" in bytes(contact.address_sealed), contact.address] == [
        False,
        "+66812345678",
    ]
    assert "812345678" not in str(list(Entry.objects.values_list("details", "reason")))


@pytest.mark.parametrize(
    ("typed", "status", "kept"), [(PHONE, 302, 1), ("x", 422, 0), ("", 302, 0)]
)
def test_the_page_that_waits_takes_an_address(client, folder, typed, status, kept):
    enrollment = EnrollmentFactory(state=State.WAITING_REVIEW)
    session = client.session
    session[SESSION_KEY] = str(enrollment.pk)
    session.save()
    answer = client.post("/register/waiting/", {"contact": typed})
    assert [answer.status_code, Contact.objects.count()] == [status, kept]
