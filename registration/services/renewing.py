"""A renewal: an enrollment that replaces the digital ID its number has."""

import uuid
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from core.guard.tries import Origin, count_try
from core.outbox.services import enqueue
from core.required import required
from core.storage import read_sealed
from identity.life import (
    LifeReason,
    Stop,
    announce_replacement,
    change_status,
    end_replacement,
    possible_steps,
    stop_of,
)
from identity.lost_device import WRONG
from identity.models import DigitalID, DigitalIDStatus, NoticeKind
from identity.notifications import notify_holder
from identity.numbers import number_key
from identity.passwords import (
    DOOR,
    PAUSED,
    forgive,
    nobodys_password,
    note_failure,
    verify_password,
)
from identity.presentation import device_that_proves_itself
from identity.services import digital_id_to_renew, has_digital_id
from registration.errors import Conflict, Refused
from registration.models import Enrollment, FormerProof
from verification.examine import FormerHolder

ALREADY = _(
    "There is a digital ID under this number already. If it is yours, have it issued anew;"
    " if it is not, call 1548."
)

NOTIFY_BEGUN = "registration.tell_begun"
NOTHING = (
    "nothing_to_renew",
    _("There is no digital ID under this number: please register."),
)
NOT_YET = _(
    "The holder of the present digital ID has time to object. Please come back when it is over."
)
UNKNOWN = "unknown"
FORMER = "former"  # the kind of picture, beside those of EvidenceKind
CHANGED = _(
    "Your digital ID has changed since you began. Please begin the renewal again, or call 1548."
)


def way_fits(enrollment: Enrollment) -> bool:
    """Whether a renewal's number has a digital ID to renew, or a first registration's has none.

    Nobody hears of it before the face has been checked: it is no stranger's business.
    """
    if enrollment.renewal:
        return _to_renew(enrollment) is not None
    return enrollment.number_key is None or not has_digital_id(enrollment.number_key)


def _to_renew(enrollment: Enrollment, *, lock: bool = False) -> DigitalID | None:
    number = enrollment.number_key
    return digital_id_to_renew(number, lock=lock) if number else None


def check_way(enrollment: Enrollment) -> None:
    """The same for an officer: raises Conflict with what is to be done instead."""
    if not way_fits(enrollment):
        raise Conflict(*(NOTHING if enrollment.renewal else ("already_registered", ALREADY)))


def prove_former(
    *, origin: Origin, proof: str = "", number: str = "", password: str = ""
) -> tuple[str, uuid.UUID] | None:
    """How whoever begins a renewal proves to hold the former digital ID, and the number's key: by
    its device's key or by its password; None where neither is offered. Raises Refused for a wrong
    one, in words that are the same whether the number has a digital ID or not. The device of one
    that was suspended proves nothing: it may be the phone that was stolen.
    """
    device = device_that_proves_itself(proof) if proof else None
    if device is not None and device.digital_id.status != DigitalIDStatus.SUSPENDED:
        return FormerProof.DEVICE, device.number_key
    if not (number and password):
        return None
    key = number_key(number)
    tried = count_try(DOOR, key.hex, origin)
    if tried is None:
        raise Refused("too_many_tries", PAUSED)
    digital_id = digital_id_to_renew(key)
    right = verify_password(digital_id.password if digital_id else nobodys_password(), password)
    if digital_id is None or not right:
        if digital_id:
            note_failure(digital_id, tried, origin)
        raise Refused("former_not_proven", WRONG)
    forgive(key, origin)
    return FormerProof.PASSWORD, key


def is_proven(enrollment: Enrollment) -> bool:
    """Whether the former holder was proven, and of this very number."""
    return bool(enrollment.former_proof) and enrollment.former_number_key == enrollment.number_key


def note_begun(enrollment: Enrollment) -> None:
    """Within the transaction in which a renewal's number becomes known: its holder will be told.

    A job looks whether there is a digital ID: the answer must not take longer for a number that
    has one.
    """
    if enrollment.renewal:
        enqueue(NOTIFY_BEGUN, enrollment.pk)


def notify_begun(enrollment: Enrollment) -> None:
    """Tell the holder of the digital ID that is to be replaced, once for each renewal."""
    digital_id = former(enrollment)
    if digital_id is not None:
        notify_holder(digital_id, NoticeKind.RENEWAL_BEGUN, once=enrollment.pk)


def former(enrollment: Enrollment) -> DigitalID | None:
    """Of a renewal, the digital ID that the number had when it began, whatever became of it."""
    if not (enrollment.renewal and enrollment.number_key):
        return None
    mine = DigitalID.objects.filter(
        number_key=enrollment.number_key, issued_at__lt=enrollment.created_at
    )
    return mine.order_by("issued_at").last()


def former_holder(enrollment: Enrollment) -> FormerHolder | None:
    """What verification compares the selfie of a renewal with; None for a first registration."""
    if not enrollment.renewal:
        return None
    digital_id = former(enrollment)
    if digital_id is None:
        return FormerHolder(picture=None)
    picture = read_sealed(digital_id.portrait) if digital_id.portrait else None
    stop = needs_officer(digital_id)
    stopped = (stop.reason or UNKNOWN) if stop else ""
    return FormerHolder(picture, stopped=stopped, proven=is_proven(enrollment))


def needs_officer(digital_id: DigitalID) -> Stop | None:
    """Why no machine may replace it: what stopped it, unless that was a lost device."""
    stop = stop_of(digital_id)
    return None if stop is None or stop.reason == LifeReason.DEVICE_LOST else stop


def announce(enrollment: Enrollment, *, actor: Actor) -> None:
    """A renewal goes on that nobody proves to be the holder's: the former digital ID stays valid
    for a while, in which its holder can say no.
    """
    if not enrollment.renewal or is_proven(enrollment):
        return
    digital_id = _to_renew(enrollment, lock=True)
    if digital_id is not None and digital_id.effective_status != DigitalIDStatus.EXPIRED:
        due = timezone.now() + settings.REPLACED_AFTER
        announce_replacement(digital_id, by=enrollment.pk, due=due, actor=actor)


def forget_proof(enrollment: Enrollment, *, actor: Actor) -> None:
    """A renewal goes on at another device, which only a face before a browser spoke for: whoever
    proved to be the former holder did so at the first. The holder gets the time to say no.
    """
    if is_proven(enrollment):
        enrollment.former_proof = ""
        enrollment.save(update_fields=["former_proof"])
        announce(enrollment, actor=actor)


def give_up(enrollment: Enrollment, *, actor: Actor) -> None:
    """The renewal goes no further: the former digital ID is no longer marked."""
    digital_id = enrollment.renewal and former(enrollment)
    if digital_id and digital_id.replacing_by == enrollment.pk:
        end_replacement(digital_id, stopped=False, actor=actor)


def end_former(enrollment: Enrollment, *, actor: Actor) -> DigitalID | None:
    """Revoke what a renewal replaces, in the transaction that issues the new one.

    Raises Conflict where things have changed since the checks: another digital ID was issued, or
    the one there was has been stopped and no officer has looked at this renewal since; or where
    nobody proved to be the former holder, and that one's time to say no is not over.
    """
    digital_id = _to_renew(enrollment, lock=True)
    if digital_id is None and enrollment.digital_id is not None:
        return None  # a supervisor has it issued anew: the former one ended then
    if digital_id is None or digital_id.issued_at > enrollment.created_at:
        raise Conflict("changed_meanwhile", CHANGED)
    stop = needs_officer(digital_id)
    if stop and not _approved_since(enrollment, stop):
        raise Conflict("changed_meanwhile", CHANGED)
    if digital_id.effective_status != DigitalIDStatus.EXPIRED and not is_proven(enrollment):
        _check_time(digital_id, enrollment)
    if "revoke" in possible_steps(digital_id):
        change_status(digital_id, "revoke", actor=actor, reason=LifeReason.RENEWED)
    return digital_id


def possible_from(enrollment: Enrollment) -> datetime | None:
    """When the consent can be given at the earliest, where that is still to come."""
    digital_id = former(enrollment)
    if digital_id is None or digital_id.replacing_by != enrollment.pk:
        return None
    due = digital_id.replacing_due
    return due if due and due > timezone.now() else None


def _check_time(digital_id: DigitalID, enrollment: Enrollment) -> None:
    if digital_id.replacing_by != enrollment.pk:
        raise Conflict("changed_meanwhile", CHANGED)
    if required(digital_id.replacing_due, "end of the time to say no") > timezone.now():
        raise Conflict("not_yet", NOT_YET)


def _approved_since(enrollment: Enrollment, stop: Stop) -> bool:
    approvals = enrollment.decisions.in_force().filter(move="approve")
    return approvals.filter(decided_at__gt=stop.at).exists()
