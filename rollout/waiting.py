"""Keeping addresses of those who wait, and calling as many as there are places."""

import logging
import uuid
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from uuid_utils.compat import uuid7

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from core.outages import is_outage
from core.outbox.models import Job
from core.outbox.services import complete, enqueue
from core.sending.senders import Message, NotSent
from core.sending.services import deliver_once
from rollout.models import Phase, WaitingPerson

logger = logging.getLogger("dopa.rollout")

CALL = "rollout.call"
AT_ONCE = 20  # as many messages as a job's claim lasts for
SUBJECT = _("Registration for the digital ID")
TEXT = _(
    "You can register for the D.DOPA digital ID now, as long as places last. "
    "We never send links and never ask for your password. Help line 1548."
)


@transaction.atomic
def leave_address(*, channel: str, address: str, language: str, province: str = "") -> None:
    """Keep an address until there is a place; one that is there already is kept once.

    Who names a province waits for that one.
    """
    person = WaitingPerson(
        address_key=lookup_key(address, kind="waiting"),
        channel=channel,
        language=language,
        province=province,
    )
    person.address = address
    WaitingPerson.objects.bulk_create(
        [person],
        update_conflicts=True,
        unique_fields=["address_key"],
        update_fields=["province"],
    )
    record(Action.NOTICE_LEFT, person, actor=Actor.anonymous(), channel=channel)


def begin_calling() -> None:
    """In the transaction that opens places: have those called who wait for them."""
    if WaitingPerson.objects.exists():
        enqueue(CALL, uuid7())


def who_can_be_called(
    people: QuerySet[WaitingPerson], *, phase: Phase | None
) -> QuerySet[WaitingPerson]:
    """Those whom the phase lets in; who named no province is called with the first that opens."""
    if phase is None or not (phase.opens_self or phase.opens_app):
        return people.none()
    return people.filter(province__in=["", *phase.provinces]) if phase.provinces else people


def call_some(job: Job, *, phase: Phase | None, places: int) -> None:
    """Call those who have waited longest, and ask for another round if there are more.

    An address that is refused goes behind all who wait since before the first round, and is tried
    when places open the next time: it keeps nobody from being called. Where no message leaves, the
    job comes again; those called before are not called twice.
    """
    began = _made_at(job.subject)
    everybody = WaitingPerson.objects.filter(since__lt=began).order_by("since")
    waiting = who_can_be_called(everybody, phase=phase)
    people = list(waiting[: min(AT_ONCE, places)])
    called = [person.pk for person in people if _call(person)]
    refused = [person.pk for person in people if person.pk not in called]
    with complete(job):
        WaitingPerson.objects.filter(pk__in=called).delete()
        WaitingPerson.objects.filter(pk__in=refused).update(since=max(began, timezone.now()))
        if called:
            record(Action.NOTICE_SENT, None, actor=Actor.system("rollout"), people=len(called))
        if places > len(called) and waiting.exists():
            enqueue(CALL, job.subject)


def _made_at(key: uuid.UUID) -> datetime:
    """The end of the millisecond that a UUID 7 (RFC 9562) begins with."""
    return datetime.fromtimestamp(((key.int >> 80) + 1) / 1000, UTC)


def _call(person: WaitingPerson) -> bool:
    """False for an address that will never take it; raises where no message leaves."""
    with override(person.language):
        message = Message(
            key=person.pk,
            channel=person.channel,
            to=person.address,
            subject=str(SUBJECT),
            text=str(TEXT),
        )
    try:
        deliver_once(message)
    except (NotSent, ValueError) as error:  # or nobody can write it on an envelope
        if is_outage(error):
            raise
        logger.warning("an address that waits was refused: %s", type(error).__name__)
        return False
    return True
