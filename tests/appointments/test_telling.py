"""A reminder and a calling-off are told to who left an address, once, while they are true."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail

from appointments.services.booking import book, cancel, move
from appointments.services.opening import close_day
from appointments.services.owners import owner_of, owner_of_browser
from appointments.services.telling import REMIND, TELL_CALLED_OFF
from audit.services import Actor
from core.outbox.models import Job
from core.outbox.services import run
from registration.models import Enrollment
from registration.services.notifications import keep_contact
from registration.states import State
from tests.appointments.hours import WHY, in_days
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
DAY = in_days(5)


@pytest.fixture
def enrollment(settings) -> Enrollment:
    settings.SENDERS = {"email": "core.sending.senders.MailSender"}
    made = EnrollmentFactory(state=State.RETAKE, number_key=uuid.uuid4(), language="th")
    citizen = Actor.citizen(made.pk)
    keep_contact(made, channel="email", address="somebody@example.org", actor=citizen)
    return made


def do(kind: str) -> None:
    for job in Job.objects.filter(kind=kind, state="ready").order_by("pk"):
        run(job.pk)


def test_the_day_before_a_word_without_name_code_or_link(opened, enrollment):
    made, code = book(opened, DAY, owner=owner_of(enrollment))
    do(REMIND)
    assert mail.outbox == []  # not yet
    with time_machine.travel(DAY - datetime.timedelta(hours=23), tick=False):
        do(REMIND)
    (sent,) = mail.outbox
    assert sent.to == ["somebody@example.org"]
    assert [opened.name_th in sent.body, str(DAY.year + 543) in sent.body] == [True, True]
    assert [made.reference in sent.body, code in sent.body, "http" in sent.body] == [False] * 3


def test_moved_it_is_told_for_the_new_time_alone_and_cancelled_not_at_all(opened, enrollment):
    made, _ = book(opened, DAY, owner=owner_of(enrollment))
    later = in_days(9)
    move(made, opened, later)
    with time_machine.travel(DAY - datetime.timedelta(hours=23), tick=False):
        do(REMIND)
    assert mail.outbox == []
    with time_machine.travel(later - datetime.timedelta(hours=23), tick=False):
        cancel(made)
        do(REMIND)
    assert mail.outbox == []


def test_a_closed_day_is_told(opened, enrollment, supervisor):
    book(opened, DAY, owner=owner_of(enrollment))
    book(opened, DAY, owner=owner_of_browser("one"))
    close_day(DAY.date(), officer=supervisor, reason=WHY, expected=2)
    do(TELL_CALLED_OFF)
    do(TELL_CALLED_OFF)
    assert [message.to for message in mail.outbox] == [["somebody@example.org"]]


def test_without_a_registration_nothing_is_planned(opened):
    book(opened, DAY, owner=owner_of_browser("one"))
    assert Job.objects.filter(kind=REMIND).count() == 0
