"""Switching off whoever is no officer: two people, or one alone for a day.

What one alone has switched off comes back by itself, unless a second person confirms it in that
time; the same one cannot do it to the same account again for a week.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.services import Actor, record
from core.housekeeping import duty
from core.typing import Json, StrOrPromise
from offices.account_news import ON, tell
from offices.levers import Effect, Lever, LeverRefused
from offices.models import Answer, Officer, Proposal
from offices.people import are_bound_by_a_link, locked_with, switch_off
from offices.proposing import CLOCK, ask_for_change, withdraw_overtaken
from offices.rights_lever import known_officer
from offices.roles import Role

STATE, IN_USE, HELD, OFF = "account", "on", "held", "off"
WORDS = {
    IN_USE: gettext_lazy("switched on"),
    HELD: gettext_lazy("switched off for a day"),
    OFF: gettext_lazy("switched off"),
}
BOUND_TO_HELD = gettext_lazy(
    "You and the person whose account this is handed each other a link a few days ago. Another"
    " administrator has to decline this."
)


class OffLever(Lever):
    """The account of a supervisor, of a province's officer or of a central role."""

    code = "off"
    name = gettext_lazy("Switching an account off")
    model = Officer
    once = frozenset({STATE})  # on again is a change of rights

    def title(self, subject: str, new: Json) -> str:
        known = known_officer(subject)
        return known.name if known else subject

    def present(self, subject: str) -> Json:
        known = known_officer(subject)
        return {STATE: _state_of(known)} if known else {}

    def labels(self) -> dict[str, StrOrPromise]:
        return {STATE: _("Account")}

    def word(self, name: str, value: object) -> object:
        return WORDS.get(str(value), value)

    def effect(self, subject: str, new: Json) -> Effect:
        return Effect(1, [_("This person is signed out everywhere and cannot sign in again.")])

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        known = known_officer(subject)
        if known is None or known.pk == by.pk:
            return False
        return new == {STATE: OFF} and _takes_two(by, known)

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        known = known_officer(subject)
        if known is None:
            raise LeverRefused(_("What this would change has been changed meanwhile."))
        locked = locked_with(known, by=by, may=_takes_two)
        if locked.is_active:
            switch_off(locked, by=by)  # why stands in the entries of the change
        Officer.objects.filter(pk=locked.pk).update(suspended_until=None, suspended_by=by)

    def declined(self, proposal: Proposal, *, by: Officer) -> None:
        """One held the account, so one more can give it back; but nobody their own second one."""
        known = known_officer(proposal.subject)
        if known is None or proposal.old[STATE] != HELD:
            return
        if by.pk != proposal.asked_by_id and are_bound_by_a_link(by, known):
            raise LeverRefused(BOUND_TO_HELD)
        _end_holds(Officer.objects.filter(pk=known.pk), actor=Actor.officer(by))


@transaction.atomic
def hold_account(officer: Officer, *, by: Officer, reason: str) -> Proposal:
    """Switch it off at once, for a day, and ask a second administrator to confirm; LeverRefused."""
    lever, subject = OffLever(), str(officer.pk)
    # What somebody asked for calmly; first, as whoever agrees to it locks in this order.
    withdraw_overtaken(lever, subject, by=by, reason=reason)
    locked = locked_with(officer, by=by, may=_takes_two)
    if not locked.is_active:
        raise LeverRefused(_("The account is switched off already."))
    if _held_lately(locked, by=by):
        raise LeverRefused(
            _("You did this to this account within a week. Ask another administrator.")
        )
    until = timezone.now() + settings.ACCOUNT_HELD_FOR
    switch_off(locked, by=by, reason=reason, until=until)
    return ask_for_change(lever, subject, {STATE: OFF}, by=by, reason=reason, people=1)


def _takes_two(by: Officer, officer: Officer) -> bool:
    return by.pulls_levers and officer.role != Role.OFFICER


def _state_of(officer: Officer) -> str:
    if officer.is_active:
        return IN_USE
    return HELD if officer.suspended_until else OFF


def _held_lately(officer: Officer, *, by: Officer) -> bool:
    since = timezone.now() - settings.ACCOUNT_NOT_HELD_AGAIN_FOR
    mine = Proposal.objects.filter(lever=OffLever.code, subject=str(officer.pk), asked_by=by)
    held = mine.filter(asked_at__gt=since, old={STATE: HELD})
    return held.exclude(answer=Answer.AGREED).exists()


def _over() -> QuerySet[Officer]:
    return Officer.objects.filter(is_active=False, suspended_until__lte=timezone.now())


def _oldest() -> datetime | None:
    first: datetime | None = _over().aggregate(first=Min("suspended_until"))["first"]
    return first


@duty("accounts held", oldest=_oldest)
def end_holds() -> Iterator[int]:
    """Nobody confirmed them in time."""
    while ended := _end_holds(_over()[:1], actor=CLOCK):
        yield ended


@transaction.atomic
def _end_holds(held: QuerySet[Officer], *, actor: Actor) -> int:
    ids = list(held.values_list("pk", flat=True))
    rows = Officer.objects.filter(pk__in=ids, is_active=False, suspended_until__isnull=False)
    ended = list(rows.select_for_update())
    for officer in ended:
        Officer.objects.filter(pk=officer.pk).update(
            is_active=True, suspended_by=None, suspended_until=None
        )
        record(Action.OFFICER_HOLD_ENDED, officer, actor=actor)
        tell(officer, ON)
    return len(ended)
