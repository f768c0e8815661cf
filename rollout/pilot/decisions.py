"""What an officer decides about a digital ID of the pilot that differs from the register."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from offices.models import Officer
from registration.errors import Conflict, Refused
from rollout.pilot.matching import Register
from rollout.pilot.models import ISSUABLE, Difference, MemberState, PilotMember
from rollout.pilot.services import new_digital_id


@transaction.atomic
def issue_after_all(member: PilotMember, *, officer: Officer) -> PilotMember:
    """Take the digital ID over with the register's data; raises Refused or Conflict.

    The comparison is made anew: the register may have changed since the file came.
    """
    locked = _undecided(member)
    register = Register([locked.number_key])
    difference = register.difference(locked.number_key, locked.person)
    if difference and difference not in ISSUABLE:
        raise Refused("cannot_be_issued", Difference(difference).label)
    person = register.person(locked.number_key)
    digital_id = new_digital_id(locked, person=person, password=locked.password)
    try:
        with transaction.atomic():
            digital_id.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("already_registered", Difference.REGISTERED.label) from error
    record(Action.DIGITAL_ID_ISSUED, digital_id, actor=Actor.officer(officer))
    locked.state, locked.digital_id = MemberState.EXPECTED, digital_id.pk
    return _decided(locked, officer=officer)


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
