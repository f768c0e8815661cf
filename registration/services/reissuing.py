"""A digital ID issued anew: the old one ends, and the citizen sets a new password for the next."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from identity.life import OFFICERS_REASONS, change_status, possible_steps
from identity.models import DigitalID
from offices.models import Officer
from registration.errors import Conflict, MoveNotAllowed, Refused
from registration.models import Decision, Enrollment, EvidenceKind, enrollment_end
from registration.services.evidence import current_picture
from registration.services.moves import move


def digital_id_of(enrollment: Enrollment) -> DigitalID | None:
    """The one this enrollment led to last."""
    if enrollment.digital_id is None:
        return None
    return DigitalID.objects.filter(
        number_key=enrollment.number_key, pk=enrollment.digital_id
    ).first()


def check_reissue(enrollment: Enrollment, reason: str) -> None:
    """Raises Refused where nothing can be issued anew. The photo must still be kept: whoever
    activates the next one is compared with it.
    """
    if reason not in dict(OFFICERS_REASONS):
        raise Refused("reason_missing", _("Please choose a reason."))
    if not enrollment.can("reissue"):
        raise MoveNotAllowed("reissue", enrollment.state)
    if current_picture(enrollment, EvidenceKind.SELFIE) is None:
        raise Conflict(
            "evidence_deleted",
            _("The pictures have been deleted. Please register the citizen anew at the counter."),
        )


@transaction.atomic
def reissue(
    enrollment: Enrollment, *, officer: Officer, second: Officer, reason: str
) -> Enrollment:
    """Revoke what is in force and go back to before the password. Two people want it
    (registration.services.second_person); no device may go on but one that shows the same face.
    """
    check_reissue(enrollment, reason)
    actor, digital_id = Actor.officer(officer), digital_id_of(enrollment)
    if digital_id is not None and "revoke" in possible_steps(digital_id):
        change_status(digital_id, "revoke", actor=actor, reason=reason)
    changes = {
        "password": "",
        "password_tries": 0,
        "open_until": enrollment_end(),
        "device_key": None,
        "token_hash": None,
    }
    both = {"reason_code": reason, "second": str(second.pk)}
    moved = move(enrollment, "reissue", actor=actor, changes=changes, **both)
    Decision.objects.create(enrollment=moved, officer=officer, move="reissue", reason=reason)
    return moved
