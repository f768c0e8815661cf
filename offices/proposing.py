"""A change of a lever is asked for by one, and answered by another or by nobody in time."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Min, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.guard import NotForTheLog, checked_text
from audit.services import Actor
from core.housekeeping import duty
from core.required import required
from core.typing import Json
from offices.lever_log import log_change
from offices.lever_waiting import lapsed, not_in_time, tell_asker, tell_second_persons
from offices.levers import LEVERS, Lever, LeverRefused, ShownOnce, changes_of
from offices.models import Answer, Officer, Proposal
from offices.people import are_bound_by_a_link
from offices.reach import works_for

CLOCK = Actor.system("offices")
BOUND = gettext_lazy(
    "One of you two handed the other the link to the account a few days ago. A third administrator"
    " has to agree."
)


def drifted(shown: int, now: int) -> bool:
    """Whether the number of people has changed by more than people at work explain."""
    return abs(shown - now) > max(10, settings.LEVER_DRIFT * shown)


@transaction.atomic
def ask_for_change(
    lever: Lever, subject: str, new: Json, *, by: Officer, reason: str, people: int
) -> Proposal:
    """Write the change down for another administrator; nothing happens before one agrees."""
    _check_right(by, may=lever.may_ask(by, subject, new))
    old, new = changes_of(lever, subject, new)
    if not new:
        raise LeverRefused(_("Nothing would change by this."))
    _check_reason(reason)
    if drifted(people, lever.effect(subject, new).people):
        raise LeverRefused(_("The effect is another by now. Please look again."))
    lever.check(subject, new)
    _let_lapse(not_in_time().filter(lever=lever.code, subject=subject))
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                lever=lever.code, subject=subject, old=old, new=new, people=people,
                reason=reason, asked_by=by, office_id=lever.office_of(subject, new, by=by),
            )  # fmt: skip
    except IntegrityError as error:
        raise LeverRefused(_("A change of this waits for an answer already.")) from error
    _log(Action.LEVER_ASKED, proposal, actor=Actor.officer(by))
    tell_second_persons(proposal, may_answer=lever.may_answer)
    return proposal


@transaction.atomic
def agree_to_change(proposal: Proposal, *, by: Officer, people: int) -> ShownOnce | None:
    """Carry the change out, if everything is still as it was when it was asked for."""
    locked, lever = _open(proposal), LEVERS[proposal.lever]
    _check_right(by, may=lever.may_answer(by, locked))
    if lapsed(locked):
        raise LeverRefused(_("This was asked for too long ago. Please ask again."))
    if by.pk == locked.asked_by_id or str(by.pk) == locked.subject:
        raise LeverRefused(_("Another administrator has to agree to this."))
    asker = locked.asked_by
    if locked.office is not None and works_for(asker, locked.office_id):
        asker.office = locked.office  # of several, they may act in another by now
    if not (asker.is_active and lever.may_ask(asker, locked.subject, locked.new)):
        raise LeverRefused(_("Whoever asked for this may not ask for it any more."))
    if are_bound_by_a_link(by, locked.asked_by):
        raise LeverRefused(BOUND)
    old, new = changes_of(lever, locked.subject, locked.new)
    if (old, new) != (locked.old, locked.new):
        raise LeverRefused(_("What this would change has been changed meanwhile."))
    if drifted(people, lever.effect(locked.subject, new).people):
        raise LeverRefused(_("The effect is another by now. Please look again."))
    lever.check(locked.subject, new)
    made = lever.carry_out(locked.subject, new, by=by)
    _close(locked, Answer.AGREED, by=by)
    _log(Action.LEVER_AGREED, locked, actor=Actor.officer(by))
    return made


@transaction.atomic
def decline_change(proposal: Proposal, *, by: Officer, reason: str) -> None:
    """Leave everything as it is; whoever asked withdraws by that."""
    locked, lever = _open(proposal), LEVERS[proposal.lever]
    own = by.pk == locked.asked_by_id
    _check_right(by, may=own or lever.may_answer(by, locked))
    _check_reason(reason)
    locked.why_not = reason
    _close(locked, Answer.WITHDRAWN if own else Answer.DECLINED, by=by)
    lever.declined(locked, by=by)
    _log(Action.LEVER_DECLINED, locked, actor=Actor.officer(by))


@transaction.atomic
def withdraw_overtaken(lever: Lever, subject: str, *, by: Officer, reason: str) -> None:
    """What was asked for of the subject, and is settled in another way."""
    open_ones = Proposal.objects.filter(lever=lever.code, subject=subject, answer="")
    for waiting in open_ones.select_for_update(of=("self",)):
        waiting.why_not = reason
        _close(waiting, Answer.WITHDRAWN, by=by)
        _log(Action.LEVER_DECLINED, waiting, actor=Actor.officer(by))


def _oldest() -> datetime | None:
    first: datetime | None = not_in_time().aggregate(first=Min("asked_at"))["first"]
    return first + settings.LEVER_WAITS_FOR if first else None


@duty("changes not answered", oldest=_oldest)
def let_lapse() -> Iterator[int]:
    """Nobody answered them in time: whoever asked hears of it, and asks anew."""
    of_today = not_in_time().filter(lever__in=LEVERS)
    while gone := _let_lapse(of_today.order_by("asked_at")[:1]):
        yield gone


@transaction.atomic
def _let_lapse(over: QuerySet[Proposal]) -> int:
    gone = list(over.select_for_update(of=("self",), skip_locked=True))
    for proposal in gone:
        _close(proposal, Answer.LAPSED, by=None)
        _log(Action.LEVER_LAPSED, proposal, actor=CLOCK)
    return len(gone)


def _open(proposal: Proposal) -> Proposal:
    """The row, locked and not answered yet."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.answer:
        raise LeverRefused(_("This has been answered already."))
    return locked


def _close(proposal: Proposal, answer: Answer, *, by: Officer | None) -> None:
    proposal.answer, proposal.answered_by, proposal.answered_at = answer, by, timezone.now()
    proposal.save(update_fields=["answer", "answered_by", "answered_at", "why_not"])
    tell_asker(proposal)


def _log(action: Action, proposal: Proposal, *, actor: Actor) -> None:
    """About the thing itself, by which people look for it, where there is one by now."""
    lever = LEVERS[proposal.lever]
    log_change(
        action, proposal, about=_thing(lever, proposal), not_logged=lever.not_logged, actor=actor
    )


def _thing(lever: Lever, proposal: Proposal) -> Model:
    subject = proposal.subject or lever.subject_of(proposal.new)
    if lever.model is None or not subject:
        return proposal
    rows = required(lever.model._meta.default_manager, "a manager")
    return rows.filter(pk=subject).first() or proposal


def _check_right(by: Officer, *, may: bool) -> None:
    """As the database has it now: a session may be older than the loss of the role."""
    same = Officer.objects.filter(pk=by.pk, is_active=True, role=by.role, office=by.office_id)
    if not (may and same.exists()):
        raise PermissionDenied


def _check_reason(reason: str) -> None:
    try:
        checked_text(reason, field="reason")
    except NotForTheLog as error:
        raise LeverRefused(_("The reason must name no person, address or number.")) from error
