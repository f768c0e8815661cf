"""A renewal: an enrollment that replaces the digital ID its number has."""

import uuid

from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from dopa_portal.outbox.services import enqueue
from dopa_portal.storage import read_sealed
from identity.life import LifeReason, Stop, change_standing, possible_steps, stop_of
from identity.models import DigitalID
from identity.notices import NoticeKind
from identity.notifications import notify_holder
from identity.services import digital_id_to_renew, has_digital_id
from registration.errors import Conflict
from registration.models import Enrollment
from verification.examine import FormerHolder

ALREADY = _(
    "There is a digital ID under this number already. If it is yours, have it issued anew;"
    " if it is not, call 1548."
)

TELL_BEGUN = "registration.tell_begun"
UNKNOWN = "unknown"
FORMER = "former"  # the kind of picture, beside those of EvidenceKind
CHANGED = _(
    "Your digital ID has changed since you began. Please begin the renewal again, or call 1548."
)


def check_number(enrollment: Enrollment, key: uuid.UUID) -> None:
    """Raises Conflict: a renewal needs a digital ID under its number, a first registration none.

    Either way the same person learns the same, at the same step.
    """
    if enrollment.renewal and digital_id_to_renew(key) is None:
        raise Conflict(
            "nothing_to_renew", _("There is no digital ID under this number: please register.")
        )
    if not enrollment.renewal and has_digital_id(key):
        raise Conflict("already_registered", ALREADY)


def note_begun(enrollment: Enrollment) -> None:
    """Within the transaction in which a renewal's number becomes known: its holder will be told.

    A job looks whether there is a digital ID: the answer must not take longer for a number that
    has one.
    """
    if enrollment.renewal:
        enqueue(TELL_BEGUN, enrollment.pk)


def tell_begun(enrollment: Enrollment) -> None:
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
    return FormerHolder(picture, stopped=(stop.reason or UNKNOWN) if stop else "")


def needs_officer(digital_id: DigitalID) -> Stop | None:
    """Why no machine may replace it: what stopped it, unless that was a lost device."""
    stop = stop_of(digital_id)
    return None if stop is None or stop.reason == LifeReason.DEVICE_LOST else stop


def end_former(enrollment: Enrollment, *, actor: Actor) -> DigitalID | None:
    """Revoke what a renewal replaces, in the transaction that issues the new one.

    Raises Conflict where things have changed since the checks: another digital ID was issued, or
    the one there was has been stopped and no officer has looked at this renewal since.
    """
    digital_id = digital_id_to_renew(enrollment.number_key, lock=True)
    if digital_id is None and enrollment.digital_id is not None:
        return None  # a supervisor has it issued anew: the former one ended then
    if digital_id is None or digital_id.issued_at > enrollment.created_at:
        raise Conflict("changed_meanwhile", CHANGED)
    stop = needs_officer(digital_id)
    if stop and not _approved_since(enrollment, stop):
        raise Conflict("changed_meanwhile", CHANGED)
    if "revoke" in possible_steps(digital_id):
        change_standing(digital_id, "revoke", actor=actor, reason=LifeReason.RENEWED)
    return digital_id


def _approved_since(enrollment: Enrollment, stop: Stop) -> bool:
    approvals = enrollment.decisions.standing().filter(move="approve")
    return approvals.filter(decided_at__gt=stop.at).exists()
