"""Four eyes where one person could become another: one asks, another of another role agrees."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.required import required
from offices.models import Officer
from registration.errors import Conflict, Forbidden
from registration.models import Answer, Enrollment, GuardedAct, SecondPersonRequest
from registration.services.counter import check_reopening, reopen_enrollment
from registration.services.reissuing import check_reissue, reissue

ASKED_ALREADY = _("A second person has been asked already.")
ASKER_GONE = _("Whoever asked for this may not ask for it any more. Please decline it.")


def ask_second_person(
    enrollment: Enrollment, *, act: str, officer: Officer, reason: str = "", message: str = ""
) -> SecondPersonRequest:
    """Ask for an act that takes two people. Nothing happens before another one agrees; whatever
    would refuse it then refuses it now.
    """
    if not officer.supervises:
        raise Forbidden("not_yours_to_ask", _("This is for a supervisor to ask."))
    CHECKS[act](enrollment, reason or message)
    request = SecondPersonRequest(
        enrollment=enrollment,
        act=GuardedAct(act),
        reason=reason,
        message=message.strip(),
        asked_by=officer,
        asked_role=officer.role,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
            _record(Action.SECOND_PERSON_ASKED, request, officer)
    except IntegrityError as error:
        raise Conflict("asked_already", ASKED_ALREADY) from error
    return request


@transaction.atomic
def answer_second_person(
    request: SecondPersonRequest, *, officer: Officer, agreed: bool
) -> SecondPersonRequest:
    """Agree, which carries the act out, or decline. The log names both people.

    Raises Forbidden for the one who asked and for anybody of the same role.
    """
    locked = SecondPersonRequest.objects.select_for_update().get(pk=request.pk)
    if officer.pk == locked.asked_by_id or officer.role == locked.asked_role:
        raise Forbidden(
            "second_person_needed", _("Somebody else, of another role, has to answer this.")
        )
    if locked.answer or not officer.decides:
        raise Conflict("answered_already", _("This has been answered already."))
    if agreed and not (locked.asked_by.is_active and locked.asked_by.supervises):
        raise Conflict("asker_gone", ASKER_GONE)
    locked.answer = Answer.AGREED if agreed else Answer.DECLINED
    locked.answered_by, locked.answered_at = officer, timezone.now()
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    _record(Action.SECOND_PERSON_ANSWERED, locked, officer, answer=locked.answer)
    if agreed:
        ACTS[locked.act](locked)
    return locked


def _record(action: Action, request: SecondPersonRequest, officer: Officer, **details: str) -> None:
    record(
        action,
        request.enrollment,
        actor=Actor.officer(officer),
        subject_office=request.enrollment.office_id or "",
        act=request.act,
        asked_by=str(request.asked_by_id),
        reason_code=request.reason,
        **details,
    )


def _reissue(request: SecondPersonRequest) -> None:
    reissue(
        request.enrollment,
        officer=request.asked_by,
        second=required(request.answered_by, "second person"),
        reason=request.reason,
    )


def _reopen(request: SecondPersonRequest) -> None:
    reopen_enrollment(
        request.enrollment,
        officer=request.asked_by,
        second=required(request.answered_by, "second person"),
        message=request.message,
    )


CHECKS: dict[str, Callable[[Enrollment, str], None]] = {
    GuardedAct.REISSUE: check_reissue,
    GuardedAct.REOPEN: check_reopening,
}
ACTS: dict[str, Callable[[SecondPersonRequest], None]] = {
    GuardedAct.REISSUE: _reissue,
    GuardedAct.REOPEN: _reopen,
}
