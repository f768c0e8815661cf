"""The levers of the rollout: one administrator asks for a change, another carries it out.

Each app registers its own (`LEVERS`). What a lever guards is written by nothing else: no admin
form, no API, no command. A change is asked for with a reason and the number of people it touches;
the second administrator types that number too. Both have just proven their second factor (views).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import Action
from audit.guard import NotForTheLog, checked_text
from core.typing import Json, StrOrPromise
from offices.lever_log import log_change
from offices.lever_waiting import lapsed, tell_asker, tell_second_persons, withdraw_lapsed
from offices.models import Answer, Officer, Proposal
from offices.people import are_bound_by_a_link
from offices.reach import works_for

BOUND = gettext_lazy(
    "One of you two handed the other the link to the account a few days ago. A third administrator"
    " has to agree."
)


class LeverRefused(Exception):
    """The change cannot be asked for or carried out; `message` says why."""

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Effect:
    """What a change does to people. `people` is the number that is typed to confirm it."""

    people: int
    sentences: Sequence[str]


@dataclass(frozen=True)
class ShownOnce:
    """What carrying out made and nobody keeps: `path` is a link's, `secret` another secret, of what
    has this `identifier`.
    """

    about: str
    path: str = ""
    secret: str = ""
    identifier: str = ""


class Lever(ABC):
    """One kind of guarded thing. A subject is the text of its primary key, "" before it exists."""

    code: str
    name: StrOrPromise
    not_logged: frozenset[str] = frozenset()  # fields about a person: the log names them only
    once: frozenset[str] = frozenset()  # what is done rather than set: there is no way back
    out_of_use: ClassVar[Json] = {}  # what undoes that one was added, if anything does
    agreeing: StrOrPromise = gettext_lazy("Another administrator has to agree.")

    @abstractmethod
    def title(self, subject: str, new: Json) -> str:
        """What it is about, for people."""

    @abstractmethod
    def present(self, subject: str) -> Json:
        """The values that hold now, as JSON; {} for what is not there yet."""

    @abstractmethod
    def labels(self) -> dict[str, StrOrPromise]:
        """Field -> words."""

    @abstractmethod
    def effect(self, subject: str, new: Json) -> Effect:
        """What the change would do; reads only."""

    def check(self, subject: str, new: Json) -> None:  # noqa: B027 - most have nothing
        """Refuse what may now be neither asked for nor carried out; raises LeverRefused."""

    @abstractmethod
    def carry_out(self, subject: str, new: Json, *, by: Officer) -> ShownOnce | None:
        """Make the change; raises LeverRefused. Called in the transaction of the answer."""

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        """Whether this one may ask for the change, and still might when it is carried out."""
        return by.pulls_levers

    def may_answer(self, by: Officer, proposal: Proposal) -> bool:
        return by.pulls_levers

    def subject_of(self, new: Json) -> str:
        """The subject that was made with these values."""
        return str(new.get("code", ""))

    def office_of(self, subject: str, new: Json, *, by: Officer) -> str | None:
        """The office that it is asked for, whose people see the proposal; None for no office's."""
        return None

    def word(self, name: str, value: object) -> object:
        """A value as people call it, where it is a code."""
        return value

    def page(self, subject: str) -> str:
        """The address where all of it can be read, if the values do not say it."""
        return ""

    def declined(self, proposal: Proposal, *, by: Officer) -> None:  # noqa: B027 - most have nothing
        """What else ends with a proposal that is declined or withdrawn."""


LEVERS: dict[str, Lever] = {}


def register(lever: Lever) -> None:
    LEVERS[lever.code] = lever


def labels_of(model: type[Model], names: Sequence[str]) -> dict[str, StrOrPromise]:
    """What the fields of a model are called."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {name: fields[name].verbose_name for name in names}


def changes_of(lever: Lever, subject: str, new: Json) -> tuple[Json, Json]:
    """(old, new) of the fields whose value would be another."""
    present = lever.present(subject)
    fields = [name for name, value in new.items() if present.get(name) != value]
    return {name: present.get(name) for name in fields}, {name: new[name] for name in fields}


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
    withdraw_lapsed(lever.code, subject)
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                lever=lever.code, subject=subject, old=old, new=new, people=people,
                reason=reason, asked_by=by, office_id=lever.office_of(subject, new, by=by),
            )  # fmt: skip
    except IntegrityError as error:
        raise LeverRefused(_("A change of this waits for an answer already.")) from error
    log_change(Action.LEVER_ASKED, proposal, not_logged=lever.not_logged, by=by)
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
    log_change(Action.LEVER_AGREED, locked, not_logged=lever.not_logged, by=by)
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
    log_change(Action.LEVER_DECLINED, locked, not_logged=lever.not_logged, by=by, reason=reason)


def _open(proposal: Proposal) -> Proposal:
    """The row, locked and not answered yet."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.answer:
        raise LeverRefused(_("This has been answered already."))
    return locked


def _close(proposal: Proposal, answer: Answer, *, by: Officer) -> None:
    proposal.answer, proposal.answered_by, proposal.answered_at = answer, by, timezone.now()
    proposal.save(update_fields=["answer", "answered_by", "answered_at", "why_not"])
    tell_asker(proposal)


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
