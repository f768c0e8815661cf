"""Inviting many at once: the list is kept, two people agree, and each gets a link by mail."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from core.housekeeping import forget_rows
from core.outbox.models import Job
from offices.account_news import LINK
from offices.levers import LeverRefused
from offices.list_checks import Fault, faults_of
from offices.list_file import Line, digest_of, lines_of, rows_of
from offices.models import Invitation, Office, Officer, PeopleList
from offices.people import hash_of
from offices.reach import may_let_into_all
from offices.roles import Role

SHOWN = 3

forget_rows(
    "lists of people",
    PeopleList.objects.filter(invited_at=None),
    field="made_at",
    kept=lambda: settings.LIST_KEPT,
)


def keep_list(lines: Sequence[Line], *, by: Officer) -> PeopleList:
    """As it may be asked for; nobody is invited. The same lines are one list, whoever sends."""
    rows = rows_of(lines)
    office = by.office_id if by.manages_office else None
    digest = digest_of(rows, office=office)
    kept, made = PeopleList.objects.get_or_create(
        digest=digest,
        defaults={"rows": rows, "people": len(rows), "made_by": by, "office_id": office},
    )
    if not made:  # kept for as long as if it were new
        again = PeopleList.objects.filter(pk=digest, invited_at=None)
        again.update(rows=rows, made_at=timezone.now())
    return kept


def offices_in(people_list: PeopleList) -> list[Office]:
    return list(Office.objects.filter(pk__in={row[2] for row in people_list.rows}))


@transaction.atomic
def invite_listed(digest: str, *, by: Officer) -> int:
    """Accounts for all of them or for none; called by the lever alone. Raises LeverRefused."""
    kept = PeopleList.objects.select_for_update().get(pk=digest)
    if kept.invited_at is not None or digest_of(kept.rows, office=kept.office_id) != digest:
        raise LeverRefused(_("What this would change has been changed meanwhile."))
    if not may_let_into_all(by, role=Role.OFFICER, offices=offices_in(kept)):
        raise PermissionDenied
    if faults := faults_of(lines_of(kept.rows), office=kept.office_id):
        raise LeverRefused(_in_words(faults))
    people = [
        Officer(email=email, name=name, office_id=office, password=make_password(None))
        for email, name, office in kept.rows
    ]
    try:
        with transaction.atomic():
            Officer.objects.bulk_create(people)
    except IntegrityError as error:
        raise LeverRefused(_("One of these addresses has got an account this moment.")) from error
    for person in people:
        record(Action.OFFICER_INVITED, person, actor=Actor.officer(by), list=digest)
    _send_links(kept, people, by=by)
    kept.rows, kept.invited_at = [], timezone.now()
    kept.save(update_fields=["rows", "invited_at"])
    return len(people)


@transaction.atomic
def send_again(people_list: PeopleList, *, by: Officer) -> int:
    """A new link to each who has never set a password and got none lately; how many that are.

    For one alone: it goes to the address that two agreed to, and nobody else sees it.
    """
    kept = PeopleList.objects.select_for_update().get(pk=people_list.pk)
    if not (by.is_active and (by.manages_people or _is_of(kept, by))):
        raise PermissionDenied
    people = list(_without_password(kept))
    _send_links(kept, people, by=by)
    if people:
        record(
            Action.OFFICER_LINK_MAILED, None, actor=Actor.officer(by),
            list=kept.pk, people=len(people),
        )  # fmt: skip
    return len(people)


def secret_of(invitation: Invitation) -> str:
    """The secret of a link that goes out by mail: derived, so that it is kept nowhere and a mail
    that has to be handed over again says the same.
    """
    return lookup_key(str(invitation.pk), kind="staff link").hex


def _is_of(kept: PeopleList, by: Officer) -> bool:
    return by.manages_office and kept.office_id == by.office_id


def _without_password(kept: PeopleList) -> QuerySet[Officer]:
    since = timezone.now() - settings.LINK_SENT_AGAIN_AFTER
    mine = Invitation.objects.filter(officer=OuterRef("pk"))
    return Officer.objects.filter(
        Exists(mine.filter(listed=kept)),
        ~Exists(mine.filter(created_at__gt=since)),
        is_active=True,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
    )


def _send_links(kept: PeopleList, people: Sequence[Officer], *, by: Officer) -> None:
    """A job each, so many a minute; earlier links stop working."""
    now, pause = timezone.now(), timedelta(minutes=1) / settings.LIST_MAILS_A_MINUTE
    open_ones = Invitation.objects.filter(officer__in=people, used_at=None, expires_at__gt=now)
    open_ones.update(expires_at=now)
    made = []
    for number, person in enumerate(people):
        one = Invitation(officer=person, invited_by=by, listed=kept, created_at=now)
        one.expires_at = now + number * pause + settings.INVITATION_VALID_FOR
        one.secret_hash = hash_of(secret_of(one))
        made.append(one)
    Invitation.objects.bulk_create(made)
    Job.objects.bulk_create(
        Job(kind=LINK, subject=one.pk, not_before=now + number * pause)
        for number, one in enumerate(made)
    )


def _in_words(faults: Sequence[Fault]) -> str:
    said = [
        _("Line %(number)s: %(fault)s") % {"number": fault.line, "fault": fault.sentence}
        for fault in faults[:SHOWN]
    ]
    return " ".join(said)
