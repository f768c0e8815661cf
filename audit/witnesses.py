"""Hands tree heads to those outside who keep them, so that history cannot be rewritten unseen.

`AUDIT_WITNESSES` lists where: `file:/path/heads.ndjson` is appended to (another machine's disk, a
write-once share), `https://...` gets each head by POST as one line of JSON and answers 2xx.
"""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from audit.heads import as_line
from audit.models import Entry, Head, Receipt

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 5


def deliver(head: Head) -> int:
    """Give the head to each witness that has it not; how many took it.

    A witness that fails is left for the next head: every head commits to all before it.
    """
    names = set(getattr(settings, "AUDIT_WITNESSES", ()))
    missing = names - set(Receipt.objects.filter(head=head).values_list("witness", flat=True))
    return sum(_hand_over(head, name) for name in sorted(missing))


def all_witnessed(*, before: datetime) -> bool:
    """Whether a witness outside has a head signed since the last entry older than `before`."""
    signed = last_witnessed()
    return signed is not None and not Entry.objects.filter(at__gt=signed, at__lt=before).exists()


def last_witnessed() -> datetime | None:
    """When the newest head that a witness outside has was signed."""
    last = Receipt.objects.select_related("head").order_by("head").last()
    return datetime.fromtimestamp(last.head.timestamp / 1000, UTC) if last else None


def _hand_over(head: Head, name: str) -> bool:
    send = _sender(name)
    try:
        send(name, as_line(head).encode() + b"\n")
    except (OSError, HTTPException) as failure:
        logger.warning("witness did not take a tree head: %s", type(failure).__name__)
        return False
    Receipt.objects.get_or_create(head=head, witness=name)
    return True


def _sender(name: str) -> Callable[[str, bytes], None]:
    scheme = name.partition(":")[0]
    if scheme not in SENDERS:
        raise ImproperlyConfigured("AUDIT_WITNESSES holds an address that is neither file nor http")
    return SENDERS[scheme]


def _append(name: str, line: bytes) -> None:
    with Path(name.removeprefix("file:")).open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


class _Nowhere(HTTPRedirectHandler):
    """A witness is where it was said to be; a redirection is a failure like others."""

    def redirect_request(self, *_: object) -> None:
        return None


_straight = build_opener(_Nowhere)


def _post(name: str, line: bytes) -> None:
    request = Request(name, data=line, headers={"Content-Type": "application/json"})  # noqa: S310 - the scheme is looked up in SENDERS
    with _straight.open(request, timeout=TIMEOUT_SECONDS) as answer:
        answer.read()


SENDERS = {"file": _append, "http": _post, "https": _post}
