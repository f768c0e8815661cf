"""The offices somebody works for, and the one they act in. Everything an officer reaches is asked
of `Officer.office`, the acting one: of several offices it is one at a time, for the whole account,
in whatever browser.
"""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.typing import StrOrPromise
from offices.account_news import RIGHTS, tell
from offices.models import Office, Officer
from offices.people import both_values, give_back, locked_with
from offices.reach import (
    OF_AN_OFFICE,
    may_end_membership,
    may_let_into_all,
    offices_of,
    works_for,
)

MOST = 5


class NotNow(Exception):
    """Something would be lost by acting elsewhere at this moment; `message` says what."""

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(str(message))
        self.message = message


def before_acting_elsewhere(check: Callable[[Officer], None]) -> None:
    """What apps above ask before somebody acts in another office; it may raise NotNow."""
    _checks.append(check)


_checks: list[Callable[[Officer], None]] = []


@transaction.atomic
def act_in(officer: Officer, office_code: str) -> None:
    """From now on the account acts in this one of its offices; cases in hand go back.

    Raises Membership.DoesNotExist for an office that is none of theirs, and NotNow.
    """
    locked = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    if not locked.is_active:
        raise PermissionDenied
    wanted = locked.memberships.select_related("office").get(office=office_code)
    if locked.office_id == office_code:
        return
    for check in _checks:
        check(locked)
    _act_in(locked, wanted.office, actor=Actor.officer(locked))


@transaction.atomic
def add_membership(officer: Officer, *, office: Office, by: Officer) -> None:
    """One more office; called by the levers alone. Raises ValidationError where it cannot be."""
    locked = locked_with(officer, by=by, may=partial(_lets_into, office=office))
    if locked.role not in OF_AN_OFFICE:
        raise ValidationError(_("Only officers and supervisors work in several offices."))
    if works_for(locked, office.pk):
        raise ValidationError(_("This person works for this office already."))
    if locked.memberships.count() >= MOST:
        raise ValidationError(_("Nobody works for more than %(most)s offices.") % {"most": MOST})
    locked.memberships.get_or_create(office_id=locked.office_id)
    locked.memberships.create(office=office, granted_by=by)
    record(Action.OFFICER_OFFICE_ADDED, locked, actor=Actor.officer(by), office=office.pk)
    tell(locked, RIGHTS)


@transaction.atomic
def end_membership(officer: Officer, *, office: Office, by: Officer, reason: str) -> None:
    """One office less, at once; whoever acts there acts in the eldest of the others. Nobody is left
    without an office by it.
    """
    locked = locked_with(officer, by=by, may=partial(may_end_membership, office_code=office.pk))
    others = list(locked.memberships.exclude(office=office).select_related("office"))
    if not others or not locked.memberships.filter(office=office).delete()[0]:
        return  # somebody was faster, or it is the only one
    actor = Actor.officer(by)
    record(Action.OFFICER_OFFICE_ENDED, locked, actor=actor, office=office.pk, reason=reason)
    if locked.office_id == office.pk:
        _act_in(locked, others[0].office, actor=actor)
    if len(others) == 1:
        others[0].delete()
    tell(locked, RIGHTS)


def _lets_into(by: Officer, officer: Officer, *, office: Office) -> bool:
    return may_let_into_all(by, role=officer.role, offices=[*offices_of(officer), office])


def _act_in(locked: Officer, office: Office, *, actor: Actor) -> None:
    give_back(locked)
    before, locked.office = locked.office_id, office
    locked.save(update_fields=["office"])
    record(
        Action.OFFICER_ACTS_ELSEWHERE,
        locked,
        actor=actor,
        **both_values({"office": (before, office.pk)}),
    )
