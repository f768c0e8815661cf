"""Telling holders what happens to their digital IDs: always in the inbox, and to an address if one
is kept.

The notice is a row of the change's own transaction, the message a job after it. The addresses are
those of that moment: whoever changes one a second later cannot turn the message away.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.guard import checked_details
from core.outbox.services import enqueue, enqueue_many
from identity.models import DigitalID, HolderContact, HolderNotice, NoticeKind, NoticeOutcome

TELL, TELL_MANY = "identity.tell", "identity.tell_many"
# A stranger who knows the number, or holds the phone, can cause these as often as they like.
ANYBODY_CAUSES = {NoticeKind.RENEWAL_BEGUN, NoticeKind.UNLOCKS_FAILED}


class Recipient(NamedTuple):
    """`channel` is a ContactChannel, `language` the one to write in."""

    channel: str
    address: str
    language: str


@dataclass(frozen=True)
class News:
    """What one holder of many is told."""

    digital_id: DigitalID
    kind: NoticeKind
    details: dict = field(default_factory=dict)


def recipients_of(digital_id: DigitalID) -> list[Recipient]:
    mine = HolderContact.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk)
    return [Recipient(one.channel, one.address, one.language) for one in mine]


@transaction.atomic
def notify_holder(
    digital_id: DigitalID,
    kind: NoticeKind,
    *,
    to: Sequence[Recipient] | None = None,
    once: uuid.UUID | None = None,
    **details: str,
) -> HolderNotice | None:
    """Within the transaction of a change: tell the holder, at the kept address or those in `to`.

    With `once`, None where the number's holder has been told of that before. `details` hold no
    personal data: the audit log's guard looks at them (audit.guard.NotForTheLog).
    """
    told = HolderNotice.objects.filter(number_key=digital_id.number_key, kind=kind)
    if once is not None and told.filter(once=once).exists():
        return None
    recipients = recipients_of(digital_id) if to is None else to
    if kind in ANYBODY_CAUSES and _sent_lately(digital_id, kind):
        recipients = []
    notice = _made(News(digital_id, kind, details), recipients)
    notice.once = once
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        if once is None:
            raise
        return None  # another request has told it a moment ago
    if notice.outcome == NoticeOutcome.WAITING:
        enqueue(TELL, notice.pk)
    return notice


@transaction.atomic
def notify_many(news: Sequence[News]) -> None:
    """The same for a change of hundreds, in three statements; nobody's own message waits for it."""
    ids = {one.digital_id.pk: one.digital_id.number_key for one in news}
    kept = HolderContact.objects.filter(number_key__in=ids.values(), pk__in=ids)
    contacts = {one.pk: Recipient(one.channel, one.address, one.language) for one in kept}
    notices = [
        _made(one, [contacts[one.digital_id.pk]] if one.digital_id.pk in contacts else [])
        for one in news
    ]
    HolderNotice.objects.bulk_create(notices)
    waiting = [one.pk for one in notices if one.outcome == NoticeOutcome.WAITING]
    if waiting:
        enqueue_many(TELL_MANY, waiting)


def _made(news: News, recipients: Sequence[Recipient]) -> HolderNotice:
    notice = HolderNotice(
        number_key=news.digital_id.number_key,
        digital_id_id=news.digital_id.pk,
        kind=news.kind,
        details=checked_details(news.details),
    )
    if recipients:
        notice.recipients, notice.outcome = list(recipients), NoticeOutcome.WAITING
    return notice


def _sent_lately(digital_id: DigitalID, kind: NoticeKind) -> bool:
    since = timezone.now() - settings.SAME_NOTICE_SENT_ONCE_IN
    mine = HolderNotice.objects.filter(number_key=digital_id.number_key, kind=kind, at__gt=since)
    return mine.exclude(outcome=NoticeOutcome.INBOX_ONLY).exists()
