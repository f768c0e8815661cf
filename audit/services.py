"""Writing an entry: one INSERT inside the transaction of the change it tells of."""

from dataclasses import dataclass
from typing import Any, Protocol, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.http import HttpRequest
from django.utils import timezone

from audit import ids
from audit.actions import Action
from audit.canonical import content, jsonb_text, mac
from audit.context import current
from audit.guard import checked_details, checked_text
from audit.keys import entry_key
from audit.models import ActorKind, Entry
from audit.standing_alone import STANDS_ALONE
from core.typing import Json

# In the order of the model's fields, as Entry.from_db takes them.
COLUMNS = (
    "id",
    "at",
    "action",
    "actor_kind",
    "actor_id",
    "role",
    "office",
    "subject_type",
    "subject_id",
    "reason",
    "request_id",
    "address_class",
    "details",
    "mac",
)
INSERT = (
    f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) "  # noqa: S608 - the columns are the literals above
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING transaction_id"
)


class NotInTransaction(RuntimeError):
    """An entry about a change was to be written outside the change's transaction."""


class Staff(Protocol):
    """What the log keeps of an officer, whose model stands above this app."""

    role: str
    office_id: str | None

    @property
    def pk(self) -> object: ...


@dataclass(frozen=True)
class Actor:
    """Who did it: the kind, an opaque id, and what they were at that moment."""

    kind: ActorKind
    id: str
    role: str = ""
    office: str = ""

    @classmethod
    def citizen(cls, enrollment_id: object) -> Self:
        return cls(ActorKind.CITIZEN, str(enrollment_id))

    @classmethod
    def officer(cls, user: Staff) -> Self:
        return cls(ActorKind.OFFICER, str(user.pk), str(user.role), user.office_id or "")

    @classmethod
    def signed_in(cls, request: HttpRequest) -> Self:
        """The officer who asks; raises PermissionDenied where nobody has signed in."""
        if isinstance(request.user, AnonymousUser):
            raise PermissionDenied
        return cls.officer(request.user)

    @classmethod
    def system(cls, name: str) -> Self:
        return cls(ActorKind.SYSTEM, name)

    @classmethod
    def anonymous(cls) -> Self:
        return cls(ActorKind.ANONYMOUS, "")


OPERATOR = Actor.system("operator")  # who types at the command line, where nobody signs in


def record(
    action: Action,
    subject: models.Model | None,
    *,
    actor: Actor,
    reason: str = "",
    **details: Any,
) -> Entry:
    """Write one entry and return it.

    The entry commits or rolls back with the caller's transaction. An action that is a change raises
    NotInTransaction outside one. `reason` and `details` raise audit.guard.NotForTheLog when they
    look like personal data; details are text, numbers, booleans, None, or short lists of those.
    """
    action = Action(action)
    if not (action in STANDS_ALONE or _in_transaction()):
        raise NotInTransaction(f"{action} has to be recorded inside the transaction of the change")
    context = current()
    values = {
        "at": timezone.now(),
        "action": action.value,
        "actor_kind": actor.kind.value,
        "actor_id": checked_text(actor.id, field="actor", longest=64),
        "role": actor.role,
        "office": actor.office,
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": checked_text(str(subject.pk), field="subject", longest=64) if subject else "",
        "reason": checked_text(str(reason), field="reason"),
        "request_id": context.request_id,
        "address_class": context.address_class,
        "details": checked_details(details),
    }
    return _insert(values)


def _insert(values: Json) -> Entry:
    values["id"] = ids.take()
    values["mac"] = mac(entry_key(), content(values))
    written = values | {"details": jsonb_text(values["details"])}
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [written[column] for column in COLUMNS])
        (transaction_id,) = cursor.fetchone()
    in_order = [*(values[column] for column in COLUMNS), transaction_id]
    return Entry.from_db(connection.alias, [*COLUMNS, "transaction_id"], in_order)


def _in_transaction() -> bool:
    """True inside an atomic block that is not merely the one a test runs in."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
