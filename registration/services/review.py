"""What an officer does with a case. Each is guarded, audited, and one transaction."""

import uuid
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.storage import read_sealed
from core.typing import StrOrPromise
from offices.models import Officer
from offices.roles import DECIDING
from registration.errors import Conflict, Refused
from registration.models import Enrollment, EvidenceKind
from registration.services.barred import is_for_a_colleague, may_be_taken_back, needs_another_than
from registration.services.evidence import load_film, load_picture
from registration.services.holding import (
    given_now,
    held_now,
    one_at_a_time,
    release_held,
    return_overdue,
    still_held,
)
from registration.services.moves import move, move_locked
from registration.services.renewing import FORMER, former
from registration.states import WAITING, State
from verification.bent import bent_sheet
from verification.film import Film
from verification.images import BadImage


def view_case(enrollment: Enrollment, *, officer: Officer) -> None:
    """Leave the mark that an officer looked. This and `view_picture` are what a GET writes."""
    record(
        Action.CASE_VIEWED,
        enrollment,
        actor=Actor.officer(officer),
        subject_office=enrollment.office_id or "",
    )


BENT = "bent"  # what a head turn shows that is new: a kind of picture beside those of EvidenceKind


def view_picture(enrollment: Enrollment, kind: str, *, officer: Officer) -> bytes | None:
    """The current picture of a kind, and the mark that an officer saw it: pictures of another case
    are also seen from the case that they are compared with.
    """
    sheet = SHEETS.get(kind)
    picture = _sheet(enrollment, sheet) if sheet else load_picture(enrollment, kind)
    if picture is not None:
        record(
            Action.CASE_IMAGE_VIEWED,
            enrollment,
            actor=Actor.officer(officer),
            subject_office=enrollment.office_id or "",
            kind=kind,
        )
    return picture


SHEETS: dict[str, Callable[[Film], bytes | None]] = {
    EvidenceKind.FRAMES: Film.sheet,
    BENT: bent_sheet,
}


def _sheet(enrollment: Enrollment, sheet: Callable[[Film], bytes | None]) -> bytes | None:
    """The head turns in one picture, if they are whole."""
    film = load_film(enrollment)
    try:
        return sheet(film) if film else None
    except (BadImage, ValueError):
        return None


def view_former(enrollment: Enrollment, *, officer: Officer) -> bytes | None:
    """The same for the picture of the digital ID that a renewal replaces."""
    digital_id = former(enrollment)
    if digital_id is None or not digital_id.portrait:
        return None
    record(
        Action.CASE_IMAGE_VIEWED,
        enrollment,
        actor=Actor.officer(officer),
        subject_office=enrollment.office_id or "",
        kind=FORMER,
    )
    return read_sealed(digital_id.portrait)


# Whoever waits for a second officer has waited twice: SECOND_REVIEW sorts before WAITING_REVIEW, so
# that the index `enrollment_queue` gives the first case without sorting.
BY_PRIORITY = ("state", "waiting_since")


@transaction.atomic
def take_next_case(
    officer: Officer, *, leaving: uuid.UUID | None = None, passed_over: Sequence[str] = ()
) -> Enrollment | None:
    """The case this officer holds already; else the oldest within reach of those that come first.
    None when there is none.

    `leaving` is given back undecided, and neither it nor those `passed_over` come next.
    SKIP LOCKED gives fifty officers who press at once fifty different cases.
    """
    one_at_a_time(officer)
    if leaving is not None:
        release_held(officer, only=leaving)
    held = Enrollment.objects.filter(held_by=officer, state=State.IN_REVIEW)
    mine = held.order_by("waiting_since").first()
    if mine is not None:
        still_held(mine, officer=officer)  # as a page that is open: whoever put it here may be gone
        return mine
    case = first_waiting(officer, passed_over)
    if case is None and return_overdue():
        case = first_waiting(officer, passed_over)
    return _hold(case, officer=officer, by=move_locked) if case else None


def first_waiting(officer: Officer, passed_over: Sequence[str]) -> Enrollment | None:
    """Locked; without what is sealed in it, which nobody needs to take it."""
    within = Enrollment.objects.visible_to(officer).exclude(needs_another_than(officer))
    within = within.exclude(pk__in=passed_over) if passed_over else within
    light = (
        within.exclude(may_be_taken_back()).defer("reading_sealed", "confirmed_sealed").waiting()
    )
    first = light.order_by(*BY_PRIORITY).select_for_update(skip_locked=True, of=("self",))
    return first.first()


@transaction.atomic
def take_case(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Hold a case for this officer, unless it needs another: see `needs_another_than`. Another
    one that the officer holds is given back: there is one in hand. What a supervisor gave is opened
    by this.
    """
    one_at_a_time(officer)
    if still_held(enrollment, officer=officer):
        release_held(officer, but=enrollment.pk)
        return check_holder(enrollment, officer)
    if is_for_a_colleague(enrollment, officer):
        raise Conflict("own_case", _("A second officer has to look at this case."))
    if enrollment.state not in WAITING:
        raise Conflict("not_waiting", _what_happened(enrollment))
    if Enrollment.objects.filter(may_be_taken_back(), pk=enrollment.pk).exists():
        raise Conflict("not_yet", FRESH)
    taken = _hold(enrollment, officer=officer)
    release_held(officer, but=taken.pk)
    return taken


def _hold(
    enrollment: Enrollment, *, officer: Officer, by: Callable[..., Enrollment] = move
) -> Enrollment:
    return by(
        enrollment,
        "take_second" if enrollment.state == State.SECOND_REVIEW else "take",
        actor=Actor.officer(officer),
        changes=held_now(officer),
    )


@transaction.atomic
def release_case(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Give a case back undecided."""
    held = check_holder(enrollment, officer)
    return move_locked(held, "release", actor=Actor.officer(officer))


@transaction.atomic
def reassign_case(enrollment: Enrollment, *, to: Officer, by: Officer, reason: str) -> Enrollment:
    """Put a case into a colleague's hands, whoever has it; the colleague must reach it and decide,
    is told on the page they have open, and has moments to open it.

    Whoever passed it on is not given it again.
    """
    one_at_a_time(to)
    reaches = Enrollment.objects.visible_to(to).filter(pk=enrollment.pk).exists()
    if not (to.is_active and to.role in DECIDING and reaches):
        raise Refused("cannot_take", _("This officer cannot take this case."))
    if is_for_a_colleague(enrollment, to):
        raise Conflict("own_case", _("A second officer has to look at this case."))
    if Enrollment.objects.filter(may_be_taken_back(), pk=enrollment.pk).exists():
        raise Conflict("not_yet", FRESH)
    return move(
        enrollment,
        "reassign",
        actor=Actor.officer(by),
        changes=given_now(to),
        reason=reason,
        officer=str(to.pk),
    )


PASSED_ON = _("This case waits for a second officer. Whoever passed it on cannot take it again.")
FRESH = _("It was passed on a moment ago and may still be taken back. Please wait half a minute.")


def check_holder(enrollment: Enrollment, officer: Officer) -> Enrollment:
    """The row, locked; raises Conflict with who was faster and with what. Two officers cannot both
    be its holder.
    """
    one_at_a_time(officer)
    current = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if current.held_by_id != officer.pk or current.state != State.IN_REVIEW:
        raise Conflict("not_yours", _what_happened(current))
    return current


def _what_happened(case: Enrollment) -> StrOrPromise:
    if case.held_by is not None:
        return _("%(officer)s has this case now.") % {"officer": case.held_by.name}
    if case.state == State.SECOND_REVIEW:  # by whom and why is not for the second officer
        return PASSED_ON
    last = case.decisions.in_force().last()
    if last is None or last.decided_at < case.state_since:
        return _("This case is no longer yours: it was given back after a while without you.")
    return _("%(officer)s was faster: %(state)s.") % {
        "officer": last.officer.name,
        "state": case.get_state_display(),
    }
