"""The one writer of state."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.typing import Json
from registration.errors import MoveNotAllowed
from registration.models import Enrollment
from registration.services.gates import gates
from registration.services.notifications import queue_notification
from registration.services.renewing import give_up
from registration.states import BEGIN_WAITING, GAVE_UP, MOVES, State

NOT_HELD = {"held_by": None, "held_until": None, "held_seen_at": None}


@transaction.atomic
def move(
    enrollment: Enrollment, name: str, *, actor: Actor, changes: Json | None = None, **details: Any
) -> Enrollment:
    """Make one move of the state table: lock, check, save, audit. Nothing else sets `state`.

    `changes` are other fields to save with it, `details` go into the audit entry, which says of a
    renewal that it is one. Returns the locked, fresh enrollment.
    """
    locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    return move_locked(locked, name, actor=actor, changes=changes, **details)


def move_locked(
    locked: Enrollment, name: str, *, actor: Actor, changes: Json | None = None, **details: Any
) -> Enrollment:
    """The same for a row that the caller's transaction has just read and locked."""
    if not locked.can(name):
        raise MoveNotAllowed(name, locked.state)
    previous = locked.state
    locked.state, locked.state_since = MOVES[name].target, timezone.now()
    locked.pictures_deleted_at = locked.faces_deleted_at = None
    changes = dict(changes or {})
    if previous == State.IN_REVIEW != locked.state:
        changes |= NOT_HELD  # whoever moved it on, the citizen too: it is in nobody's hands
    if name in BEGIN_WAITING:
        changes["waiting_since"] = locked.state_since
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=_columns(changes))
    details |= {"renewal": True} if locked.renewal else {}
    record(
        Action.of(name),
        locked,
        actor=actor,
        subject_office=locked.office_id or "",
        previous=previous,
        **details,
    )
    queue_notification(locked, name)
    if locked.state in GAVE_UP:
        for gate in gates:
            gate.enrollment_closed(locked)
        give_up(locked, actor=actor)
    return locked


def _columns(changes: Json) -> list[str]:
    """The fields to write; what is sealed is set by its plain name and kept by another."""
    sealed = {name: f"{name}_sealed" for name in ("reading", "confirmed")}
    always = ("state", "state_since", "pictures_deleted_at", "faces_deleted_at")
    return [*always, *(sealed.get(name, name) for name in changes)]
