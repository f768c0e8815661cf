"""Ways a message takes out of the house. Which one serves which channel: settings.SENDERS."""

import json
import os
import smtplib
import socket
import sys
import tempfile
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives


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
    """By the mail server of Django's EMAIL_ settings."""

    repeatable = False
    CERTAINLY_NOT = (
        smtplib.SMTPConnectError,
        smtplib.SMTPAuthenticationError,
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        ConnectionRefusedError,
        socket.gaierror,
    )

    def hand_over(self, message: Message) -> None:
        headers = {"Message-ID": f"<{message.key}@d.dopa>"}
        if message.unsubscribe:
            headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail = EmailMultiAlternatives(
            message.subject, message.text, to=[message.to], headers=headers
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        try:
            mail.send()
        except self.CERTAINLY_NOT as error:
            raise NotSent(type(error).__name__) from error
