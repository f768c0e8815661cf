"""Keeping addresses of those who wait, and calling as many as there are places."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from uuid_utils.compat import uuid7

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from core.outbox.models import Job
from core.outbox.services import complete, enqueue
from core.sending.senders import Message
from core.sending.services import deliver_once
from rollout.models import Phase, WaitingPerson

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


def who_can_be_called(people: QuerySet, *, phase: Phase | None) -> QuerySet:
    """Those whom the phase lets in; who named no province is called with the first that opens."""
    if phase is None or not (phase.opens_self or phase.opens_app):
        return people.none()
    return people.filter(province__in=["", *phase.provinces]) if phase.provinces else people


def call_some(job: Job, *, phase: Phase | None, places: int) -> None:
    """Call those who have waited longest, and ask for another round if there are more.

    Whoever cannot be reached makes the job come again; those called before are not called twice.
    """
    waiting = who_can_be_called(WaitingPerson.objects.order_by("since"), phase=phase)
    people = list(waiting[: min(AT_ONCE, places)])
    for person in people:
        _call(person)
    with complete(job):
        WaitingPerson.objects.filter(pk__in=[person.pk for person in people]).delete()
        if people:
            record(Action.NOTICE_SENT, None, actor=Actor.system("rollout"), people=len(people))
            if places > len(people) and waiting.exists():
                enqueue(CALL, uuid7())


def _call(person: WaitingPerson) -> None:
    with override(person.language):
        message = Message(
            key=person.pk,
            channel=person.channel,
            to=person.address,
            subject=str(SUBJECT),
            text=str(TEXT),
        )
    deliver_once(message)
