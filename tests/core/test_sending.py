"""A message leaves once, whatever happens to the worker that sends it."""

import json
import socket
import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from core.sending.models import Delivery
from core.sending.senders import MailSender, Message, NotSent
from core.sending.services import deliver_once

pytestmark = pytest.mark.django_db
SENDERS = "core.sending.senders"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.MESSAGES_DIR = tmp_path / "messages"
    settings.SENDERS = {"sms": f"{SENDERS}.FileSender", "email": f"{SENDERS}.MailSender"}
    return settings.MESSAGES_DIR


def message(channel: str = "sms", to: str = "+66812345678") -> Message:
    return Message(key=uuid.uuid4(), channel=channel, to=to, subject="News", text="ข่าว")


def test_a_message_becomes_one_whole_file(folder):
    news = message()
    deliver_once(news)
    (written,) = folder.iterdir()
    assert json.loads(written.read_text()) == {
        "key": str(news.key),
        "channel": "sms",
        "to": "+66812345678",
        "subject": "News",
        "text": "ข่าว",
    }


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_a_message_delivered_ten_times_leaves_once(folder, channel):
    news = message(channel, "a@example.org")
    assert [deliver_once(news) for _ in range(10)] == [True] + [False] * 9
    files = len(list(folder.iterdir())) if folder.exists() else 0
    assert files + len(mail.outbox) == 1


def test_a_worker_killed_before_it_noted_the_file_makes_no_second_one(folder):
    news = message()
    deliver_once(news)
    Delivery.objects.update(delivered_at=None)
    assert deliver_once(news)
    assert len(list(folder.iterdir())) == 1


def test_a_mail_of_which_nobody_knows_whether_it_left_is_not_sent_again(folder):
    news = message("email", "a@example.org")
    Delivery.objects.create(key=news.key, handed_over_at=timezone.now())
    assert [deliver_once(news), len(mail.outbox)] == [False, 0]


def test_a_mail_that_certainly_did_not_leave_is_tried_again(folder, settings):
    news = message("email", "a@example.org")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        with pytest.raises(NotSent):
            deliver_once(news)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [deliver_once(news), len(mail.outbox)] == [True, 1]


def test_a_mail_carries_the_key_of_its_message(folder):
    news = message("email", "a@example.org")
    MailSender().hand_over(news)
    assert mail.outbox[0].message()["Message-ID"] == f"<{news.key}@d.dopa>"


def test_the_terminal_shows_the_message_but_not_whom_it_goes_to(settings, capsys):
    settings.SENDERS = {"sms": f"{SENDERS}.ConsoleSender"}
    deliver_once(message())
    assert capsys.readouterr().out == "[sms] News\nข่าว\n"


def test_without_a_sender_nothing_is_sent_and_nothing_noted(settings):
    settings.SENDERS = {"sms": "", "email": ""}
    assert [deliver_once(message()), Delivery.objects.count()] == [False, 0]
