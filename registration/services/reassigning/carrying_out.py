"""Moving the cases, all that can be, in one transaction; and taking that back while it is fresh."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.required import required
from offices.models import Office, Officer
from registration.errors import Conflict, Forbidden, Refused
from registration.models import Enrollment, Left, ReassignedCase, Reassignment, Way
from registration.services.holding import given_now
from registration.services.moves import move_locked
from registration.services.reassigning.plan import Step, free_within, mark_of, plan_of
from registration.services.reassigning.wish import CHANGED, Wish
from registration.states import WAITING, State

NOTHING = _("There is nothing that can be moved.")
TOO_LATE = _("This can no longer be taken back.")


@transaction.atomic
def reassign_cases(wish: Wish, *, by: Officer, shown: str) -> Reassignment:
    """Move what was shown (`shown` is that plan's digest). What is being decided or taken this very
    moment stays and is listed; a second press is answered with the first one's batch.

    Raises Conflict if the cases have gone on since they were shown, PermissionDenied if the right
    has.
    """
    _lock(by, [*wish.officers, *wish.to])
    done = Reassignment.objects.filter(pk=wish.id, by=by).first()
    if done is not None:
        return done
    plan = plan_of(wish, by=by)
    if plan.digest() != shown:
        raise Conflict("changed", CHANGED)
    if not plan.moved or (wish.way == Way.LINE_MOVED and plan.to_office is None):
        raise Refused("nothing_to_move", NOTHING)
    batch = Reassignment.objects.create(
        pk=uuid.UUID(wish.id), by=by, way=wish.way, reason=wish.reason, to_office=plan.to_office
    )
    locked = _locked(step.case.pk for step in plan.moved)
    kept = [_carry_out(batch, step, locked.get(step.case.pk)) for step in plan.steps]
    ReassignedCase.objects.bulk_create(kept)
    _record(batch, Action.CASES_REASSIGNED, kept)
    return batch


@transaction.atomic
def undo_reassignment(batch: Reassignment, *, by: Officer) -> int:
    """Take it back while it is fresh, for each case that nobody has touched since; how many were.
    What was in somebody's hands is given to them again, if they hold nothing else.
    """
    kept = list(batch.cases.filter(left="").select_related("from_officer", "from_office"))
    hands = {one.from_officer_id for one in kept} | {one.to_officer_id for one in kept}
    _lock(by, [str(one) for one in hands if one])
    fresh = Reassignment.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if fresh.by_id != by.pk:
        raise Forbidden("not_yours", _("Whoever moved the cases takes it back."))
    if fresh.undone_at or timezone.now() - fresh.made_at > settings.DECISION_UNDONE_WITHIN:
        raise Conflict("too_late", TOO_LATE)
    locked = _locked(one.enrollment_id for one in kept if one.enrollment_id)
    for one in kept:
        case = locked.get(required(one.enrollment_id, "case"))
        if case is not None and _untouched(fresh, one, case):
            _take_back(fresh, one, case)
            one.undone = True
    ReassignedCase.objects.bulk_update(kept, ["undone"])
    fresh.undone_at = timezone.now()
    fresh.save(update_fields=["undone_at"])
    _record(fresh, Action.REASSIGNMENT_UNDONE, kept)
    return sum(one.undone for one in kept)


def may_undo(batch: Reassignment, by: Officer) -> bool:
    late = timezone.now() - batch.made_at > settings.DECISION_UNDONE_WITHIN
    return batch.by_id == by.pk and batch.undone_at is None and not late


def _lock(by: Officer, others: Iterable[str]) -> None:
    """Everybody whose hands it is about, in one order, before any case: as everything does that
    puts a case into hands or takes the hands away, so that none waits for another in a circle. And
    whoever asks, as the database has them now.
    """
    ids = {by.pk, *(uuid.UUID(one) for one in others)}
    rows = Officer.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    now = {row.pk: row for row in rows}[by.pk]
    same = (now.role, now.office_id) == (by.role, by.office_id)
    if not (now.is_active and now.supervises and same):
        raise PermissionDenied


def _locked(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Enrollment]:
    """Without those that somebody else has locked: they are being decided or taken."""
    rows = Enrollment.objects.filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows.select_for_update(skip_locked=True, of=("self",))}


def _carry_out(batch: Reassignment, step: Step, case: Enrollment | None) -> ReassignedCase:
    left, before = step.left, step.case
    if not left and case is None:
        left = Left.BUSY
    elif not left and mark_of(required(case, "locked")) != mark_of(before):
        left = Left.CHANGED
    after = before if left else _moved(batch, required(case, "locked"), step.to)
    return ReassignedCase(
        reassignment=batch, enrollment=None if left else after, reference=before.reference,
        left=left, from_officer_id=before.held_by_id, from_office_id=before.office_id,
        to_officer=None if left else step.to, state_since=after.state_since,
    )  # fmt: skip


def _moved(batch: Reassignment, case: Enrollment, to: Officer | None) -> Enrollment:
    if batch.way == Way.LINE_MOVED:
        return _to_office(batch, case, required(batch.to_office, "office"))
    if to is not None:
        return _given(batch, case, to)
    return move_locked(case, "release", actor=Actor.officer(batch.by), batch=str(batch.pk))


def _given(batch: Reassignment, case: Enrollment, to: Officer) -> Enrollment:
    return move_locked(
        case, "reassign", actor=Actor.officer(batch.by), changes=given_now(to),
        officer=str(to.pk), batch=str(batch.pk),
    )  # fmt: skip


def _to_office(batch: Reassignment, case: Enrollment, office: Office) -> Enrollment:
    """Who decides is another; the state and the waiting are not."""
    before, case.office = case.office_id, office
    case.save(update_fields=["office"])
    record(
        Action.CASE_OFFICE_CHANGED,
        case,
        actor=Actor.officer(batch.by),
        subject_office=office.pk,
        office_before=before or "",
        office_after=office.pk,
        batch=str(batch.pk),
    )
    return case


def _untouched(batch: Reassignment, one: ReassignedCase, case: Enrollment) -> bool:
    if case.state_since != one.state_since or case.held_by_id != one.to_officer_id:
        return False
    if batch.way == Way.LINE_MOVED:
        return case.state in WAITING and case.office_id == batch.to_office_id
    return case.held_seen_at is None  # given, and not opened yet; or in nobody's hands


def _take_back(batch: Reassignment, one: ReassignedCase, case: Enrollment) -> None:
    if batch.way == Way.LINE_MOVED:
        _to_office(batch, case, required(one.from_office, "office"))
        return
    back_to = one.from_officer
    free = back_to is not None and free_within(batch.by).filter(pk=back_to.pk).exists()
    if back_to is not None and free:
        _given(batch, case, back_to)
    elif case.state == State.IN_REVIEW:
        move_locked(case, "release", actor=Actor.officer(batch.by), batch=str(batch.pk))


def _record(batch: Reassignment, action: Action, kept: list[ReassignedCase]) -> None:
    done = [one.undone if action == Action.REASSIGNMENT_UNDONE else not one.left for one in kept]
    record(
        action,
        batch,
        actor=Actor.officer(batch.by),
        reason=batch.reason,
        subject_office=batch.to_office_id or batch.by.office_id or "",
        way=batch.way,
        moved=sum(done),
        left=len(done) - sum(done),
    )
