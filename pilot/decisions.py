"""What an officer decides about a digital ID of the pilot that differs from the register."""

import uuid

import polars as pl
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from identity.models import DigitalID
from offices.models import Officer
from pilot.contract import PERSON
from pilot.issuing import issue
from pilot.matching import compare
from pilot.models import ISSUABLE, Difference, MemberState, PilotMember
from registration.errors import Conflict, Refused


@transaction.atomic
def issue_after_all(member: PilotMember, *, officer: Officer) -> PilotMember:
    """Take the digital ID over with the register's data; raises Refused or Conflict.

    The comparison is made anew: the register may have changed since the file came.
    """
    locked = _undecided(member)
    people = compare(_as_file(locked))
    difference = people["difference"].item()
    if difference and difference not in ISSUABLE:
        raise Refused("cannot_be_issued", Difference(difference).label)
    try:
        with transaction.atomic():
            issued = issue(people).item()
    except IntegrityError as error:
        raise Conflict("already_registered", Difference.REGISTERED.label) from error
    digital_id = DigitalID.objects.get(number_key=locked.number_key, pk=uuid.UUID(bytes=issued))
    record(Action.DIGITAL_ID_ISSUED, digital_id, actor=Actor.officer(officer))
    locked.state, locked.digital_id = MemberState.EXPECTED, digital_id.pk
    return _decided(locked, officer=officer)


def _as_file(member: PilotMember) -> pl.DataFrame:
    """What the file said about the member, as the columns that comparing and issuing take."""
    expires = member.expires_on
    told = {
        "office_code": member.office_id,
        "activated_on": member.activated_on.isoformat(),
        "expires_on": expires and expires.isoformat(),
        "password": member.password,
    }
    said = {name: getattr(member.person, name) for name in PERSON}
    return pl.DataFrame([said | told], schema_overrides={"expires_on": pl.String})


@transaction.atomic
def refuse(member: PilotMember, *, officer: Officer) -> PilotMember:
    """Do not take the digital ID over: the person registers anew."""
    locked = _undecided(member)
    locked.state = MemberState.REFUSED
    return _decided(locked, officer=officer)


def _undecided(member: PilotMember) -> PilotMember:
    locked = PilotMember.objects.select_for_update().get(pk=member.pk)
    if locked.state != MemberState.DIFFERS:
        raise Conflict("already_decided", _("Somebody has decided this already."))
    return locked


def _decided(member: PilotMember, *, officer: Officer) -> PilotMember:
    """What the file said has served its purpose and is deleted."""
    member.decided_by, member.decided_at = officer, timezone.now()
    member.person_sealed, member.password = None, ""
    member.save()
    record(
        Action.PILOT_DECIDED,
        member,
        actor=Actor.officer(officer),
        decision=member.state.value,
        difference=member.difference,
    )
    return member
