"""Ways a message takes out of the house. Which one serves which channel: settings.SENDERS."""

import json
import os
import smtplib
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.outages import CarrierFails
from core.resting import Rest

TRANSIENT, PERMANENT = 400, 500  # SMTP's codes from here on (RFC 5321, 4.2.1)
LONG_SECONDS = 1.0  # whoever waited so long in vain lets all others rest
rest = Rest(60)


@dataclass(frozen=True)
class Message:
    """`key` is the same each time the same message is tried; `channel` is "email" or "sms".

    For e-mails: `html` says the same as `text`; `unsubscribe` is an address that ends them.
    """

    key: uuid.UUID
    channel: str
    to: str
    subject: str
    text: str
    html: str = ""
    unsubscribe: str = ""


class NotSent(Exception):
    """The message certainly did not leave: it may be tried again."""


class NotNow(NotSent, CarrierFails):
    """Nor would any other message: it waits until whoever takes them is back."""


class Sender(Protocol):
    """`repeatable`: handing over the same key twice reaches the person once."""

    repeatable: ClassVar[bool]

    def hand_over(self, message: Message) -> None:
        """Send now; raises NotSent when it certainly did not leave."""


class ConsoleSender:
    """Shows on the terminal what would be sent, but not to whom."""

    repeatable = False

    def hand_over(self, message: Message) -> None:
        sys.stdout.write(f"[{message.channel}] {message.subject}\n{message.text}\n")
        sys.stdout.flush()


class FileSender:
    """One JSON file a message in MESSAGES_DIR, for a gateway that picks files up.

    The file appears whole or not at all, under the message's key: twice is once.
    """

    repeatable = True

    def hand_over(self, message: Message) -> None:
        folder = Path(settings.MESSAGES_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, prefix=".")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                told = {name: value for name, value in asdict(message).items() if value}
                json.dump(told | {"key": str(message.key)}, file, ensure_ascii=False)
            Path(draft).replace(folder / f"{message.key}.json")
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise


class MailSender:
    """By the mail server of Django's EMAIL_ settings, a relay of the house: what it takes it
    delivers, and tries for days.
    """

    repeatable = False

    def hand_over(self, message: Message) -> None:
        headers = {"Message-ID": f"<{message.key}@d.dopa>"}
        if message.unsubscribe:
            headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        server = get_connection()
        mail = EmailMultiAlternatives(
            message.subject, message.text, to=[message.to], headers=headers, connection=server
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        _open(server)
        try:
            mail.send()
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            if refusal := _refused(error):
                raise refusal from error
            raise
        finally:
            with suppress(OSError, smtplib.SMTPException):  # whatever has left has left
                server.close()


def _open(server: BaseEmailBackend) -> None:
    """As far as the greetings, before which no letter leaves. A relay that swallows packets would
    keep every worker waiting, for one message after the other.
    """
    if rest.is_on:
        raise NotNow("it rests")
    began = time.monotonic()
    try:
        server.open()
        if connection := getattr(server, "connection", None):
            connection.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        if connection := getattr(server, "connection", None):
            connection.close()  # without a word, for which it might wait again
        if time.monotonic() - began > LONG_SECONDS:
            rest.begin()
        raise NotNow(type(error).__name__) from error


def _refused(
    error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused,
) -> NotSent | None:
    """By its code: the 400s are the relay's own trouble, the 500s are about this message. None for
    any other, of which nobody knows whether it was taken.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _said in error.recipients.values())
    else:
        code = error.smtp_code
    name = f"{type(error).__name__} {code}"
    if code >= PERMANENT:
        return NotSent(name)
    return NotNow(name) if code >= TRANSIENT else None
