"""A relay that is gone, or full, ends no message: each waits until it is back, and leaves once."""

import smtplib
import socket
import socketserver
import threading
import uuid
from collections.abc import Iterator

import pytest
from django.utils import timezone

from core.outages import is_outage
from core.outbox import handlers, services
from core.outbox.models import Job, JobState
from core.resting import Rest
from core.sending import senders
from core.sending.senders import Message, NotNow, NotSent
from core.sending.services import deliver_once
from tests.core.test_sending import SENDERS

pytestmark = pytest.mark.django_db
GREETING = "220 relay"
SAID = {"EHLO": "250 relay", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 ok"}


class Relay(socketserver.ThreadingTCPServer):
    """Speaks as much of SMTP (RFC 5321) as a letter takes; `says` otherwise than SAID."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, address: tuple[str, int] = ("127.0.0.1", 0), **says: str) -> None:
        super().__init__(address, Conversation)
        self.says, self.taken = SAID | says, list[bytes]()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def go(self) -> None:
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    server: Relay

    def handle(self) -> None:
        self.say(self.server.says.get("greeting", GREETING))
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            self.say(self.server.says.get(word, "221 bye" if word == "QUIT" else "250 ok"))
            if word == "QUIT":
                return
            if word == "DATA" and self.server.says["DATA"].startswith("354"):
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                if self.server.says["."].startswith("250"):
                    self.server.taken.append(letter)
                self.say(self.server.says["."])

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def relay(settings, monkeypatch) -> Iterator[Relay]:
    made = Relay()
    monkeypatch.setattr(senders, "rest", Rest(60))
    settings.SENDERS = {"email": f"{SENDERS}.MailSender"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = made.server_address
    yield made
    made.go()


@pytest.fixture
def news() -> Message:
    return Message(uuid.uuid4(), "email", to="a@example.org", subject="News", text="ข่าว")


@pytest.fixture
def job(monkeypatch, news) -> Job:
    """One that sends the news."""

    def work(job: Job) -> None:
        deliver_once(news)
        with services.complete(job):
            pass

    handler = handlers.Handler(work, parked=lambda _job: None)
    monkeypatch.setitem(handlers._handlers, "test.mail", handler)
    return Job.objects.create(kind="test.mail", subject=news.key)


def tried(job: Job, times: int) -> tuple[str, int, int]:
    for _ in range(times):
        Job.objects.update(not_before=timezone.now())
        services.run(job.pk)
    job.refresh_from_db()
    return job.state, job.deliveries, job.waits


def test_a_message_waits_for_a_relay_that_is_gone_and_leaves_once(relay, job):
    relay.go()
    assert tried(job, 8) == (JobState.READY, 0, 8)
    back = Relay(relay.server_address)
    assert tried(job, 3)[0] == JobState.DONE
    back.go()
    assert [len(back.taken), b"Subject: News" in back.taken[0]] == [1, True]


@pytest.mark.parametrize(
    "says",
    [
        {"greeting": "421 shutting down"},
        {"EHLO": "421 too busy", "HELO": "421 too busy"},
        {"MAIL": "452 no room"},
        {"RCPT": "451 later"},
        {"DATA": "451 later"},
        {".": "452 no room"},
    ],
)
def test_a_relay_that_takes_nothing_now_is_waited_for(relay, news, says):
    relay.says |= says
    with pytest.raises(NotNow) as trouble:
        deliver_once(news)
    assert is_outage(trouble.value)
    relay.says = SAID
    assert [deliver_once(news), deliver_once(news), len(relay.taken)] == [True, False, 1]


@pytest.mark.parametrize("says", [{"RCPT": "550 nobody"}, {"MAIL": "550 no"}, {".": "554 spam"}])
def test_a_message_that_is_refused_for_good_is_given_up_after_three_tries(relay, job, says):
    relay.says |= says
    with pytest.raises(NotSent) as refusal:
        handlers.handler_of(job.kind).work(job)
    assert not is_outage(refusal.value)
    assert tried(job, 4) == (JobState.PARKED, 3, 0)


def test_a_relay_that_keeps_silent_is_waited_for_once_and_left_alone_for_a_while(
    relay, news, settings, monkeypatch
):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = senders.LONG_SECONDS + 0.2
        with pytest.raises(NotNow, match="SMTPServerDisconnected"):
            deliver_once(news)
    settings.EMAIL_HOST, settings.EMAIL_PORT = relay.server_address
    with pytest.raises(NotNow, match="rests"):
        deliver_once(news)
    monkeypatch.setattr(senders, "rest", Rest(60))
    assert [deliver_once(news), len(relay.taken)] == [True, 1]


def test_an_answer_that_nobody_understands_is_not_asked_for_twice(relay, news):
    relay.says = relay.says | {".": "299 perhaps"}
    with pytest.raises(smtplib.SMTPDataError):
        deliver_once(news)
    assert not deliver_once(news)
