"""Registration at the counter: the officer's steps, with the services of the citizen's own."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from offices.models import Officer
from registration.errors import Conflict, MoveNotAllowed, Refused
from registration.models import (
    Channel,
    CounterVisit,
    Decision,
    Enrollment,
    Evidence,
    enrollment_end,
)
from registration.services import capture, enrolling
from registration.services.gates import gates
from registration.services.holding import one_at_a_time
from registration.services.moves import move
from registration.services.renewing import check_way
from verification.capture import Capture


@transaction.atomic
def begin_at_counter(*, officer: Officer, language: str, renewal: bool = False) -> Enrollment:
    """A registration in the officer's own office, in the citizen's language, with the terms
    accepted: the form was signed or the terms were read out at the counter.
    """
    one_at_a_time(officer)
    actor = Actor.officer(officer)
    enrollment, _token = enrolling.start_enrollment(
        channel=Channel.OFFICE, language=language, renewal=renewal, actor=actor
    )
    enrollment.office = officer.office
    enrollment.token_hash = None
    enrollment.save(update_fields=["office", "token_hash"])
    CounterVisit.objects.create(enrollment=enrollment, officer=officer)
    return enrolling.accept_terms(enrollment, version=settings.TERMS_VERSION, actor=actor)


@transaction.atomic
def take_photo(
    enrollment: Enrollment, *, officer: Officer, photo: bytes, identity_checked: bool
) -> Enrollment:
    """The citizen's photo, by an officer who has compared card and person; raises Refused if not.

    Head turns are not asked for: the officer has the living person there.
    """
    if not identity_checked:
        raise Refused(
            "identity_not_checked", _("Please compare the person with the card and confirm it.")
        )
    actor = Actor.officer(officer)
    CounterVisit.objects.filter(pk=enrollment.pk).update(
        officer=officer, identity_checked_at=timezone.now()
    )
    record(
        Action.IDENTITY_CHECKED,
        enrollment,
        actor=actor,
        subject_office=enrollment.office_id or "",
    )
    return capture.submit_selfie(
        enrollment,
        selfie=photo,
        frames=[],
        frame_times=[],
        challenge_id=None,
        capture=Capture(),
        actor=actor,
    )


def check_reopening(enrollment: Enrollment, message: str) -> None:
    """Raises Refused where a rejected registration cannot be opened again."""
    if not message.strip():
        raise Refused("reason_missing", _("Please say why."))
    if not enrollment.can("reopen"):
        raise MoveNotAllowed("reopen", enrollment.state)
    if enrollment.appealed:
        raise Conflict("appeal_decided", _("An appeal was decided: this rejection is final."))
    if Evidence.objects.filter(enrollment=enrollment, deleted_at__isnull=False).exists():
        raise Conflict(
            "evidence_deleted", _("The pictures have been deleted. Please begin a new one.")
        )
    if enrollment.number_key:
        check_way(enrollment)


@transaction.atomic
def reopen_enrollment(
    enrollment: Enrollment, *, officer: Officer, second: Officer, message: str
) -> Enrollment:
    """Put a rejected registration back into the queue, for a reason, while its pictures exist. Two
    people want it (registration.services.second_person), and the first does not decide it then.
    """
    check_reopening(enrollment, message)
    changes = {"reject_reason": "", "open_until": enrollment_end()}
    moved = move(
        enrollment,
        "reopen",
        actor=Actor.officer(officer),
        changes=changes,
        second=str(second.pk),
    )
    for gate in gates:
        gate.before_accept_terms(moved)
    Decision.objects.create(enrollment=moved, officer=officer, move="reopen", message=message)
    return moved
