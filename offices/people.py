"""Who works here and may do what. Always somebody else's doing, and always written down.

What gives somebody access, or more of it, is reached through a lever alone (offices.rights_lever).
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.typing import Json
from offices.account_news import INVITED, OFF, ON, RIGHTS, tell
from offices.lockout import forget_all_tries
from offices.models import Invitation, Office, Officer
from offices.reach import may_let_in, may_let_into_all, may_send_out, may_wake, offices_of

SEVERAL = _("This person works in several offices. End the further ones first.")


class InvitationGone(Exception):
    """The link was used, has run out, was replaced, or never was."""


@transaction.atomic
def invite_officer(
    *, email: str, name: str, role: str, office: Office | None, by: Officer
) -> tuple[Officer, str]:
    """A new officer without a password, and the secret of the link that sets one.

    Raises ValidationError for what does not fit together, such as an office missing.
    """
    _check(by, may=may_let_in(by, role=role, office=office))
    officer = Officer.objects.create_user(email, name=name, role=role, office=office)
    return officer, _new_link(officer, by=by)


@transaction.atomic
def renew_link(officer: Officer, *, by: Officer, second_factor_lost: bool) -> str:
    """A new link; earlier ones stop working. A lost second factor is taken away with it."""
    locked = locked_with(officer, by=by, may=_manages)
    if second_factor_lost:
        Authenticator.objects.filter(user=locked).delete()
        record(Action.OFFICER_MFA_REMOVED, locked, actor=Actor.officer(by))
        end_sessions(locked, by=by)
    forget_all_tries(locked.email)
    return _new_link(locked, by=by)


@transaction.atomic
def change_rights(
    officer: Officer, *, name: str, role: str, office: Office | None, by: Officer
) -> Officer:
    """Another role, office or name; raises ValidationError if they do not fit together."""
    locked = locked_with(officer, by=by, may=_lets_in)
    _check(by, may=may_let_in(by, role=role, office=office))
    wanted = {"name": name, "role": role, "office": office}
    changed = [field for field, value in wanted.items() if getattr(locked, field) != value]
    values = {"role": (locked.role, role), "office": (locked.office_id, office and office.pk)}
    if values.keys() & set(changed) and locked.memberships.exists():
        raise ValidationError(SEVERAL)
    for field in changed:
        setattr(locked, field, wanted[field])
    locked.full_clean(exclude=["password"])
    if changed:
        locked.save(update_fields=changed)
        if values.keys() & set(changed):
            give_back(locked)
            tell(locked, RIGHTS)
        record(
            Action.OFFICER_RIGHTS_CHANGED,
            locked,
            actor=Actor.officer(by),
            step="changed",
            fields=changed,
            **both_values({name: values[name] for name in changed if name in values}),
        )
    return locked


def both_values(changed: dict[str, tuple[Any, Any]]) -> Json:
    """Of a name the log keeps neither."""
    before = {f"{name}_before": old for name, (old, _new) in changed.items()}
    return before | {f"{name}_after": new for name, (_old, new) in changed.items()}


@transaction.atomic
def suspend_officer(officer: Officer, *, by: Officer, reason: str) -> None:
    """Nothing opens from this moment on; open links and sessions end."""
    locked = locked_with(officer, by=by, may=may_send_out)
    if locked.is_active:  # else somebody was faster, and what they said stands
        switch_off(locked, by=by, reason=reason)


def switch_off(
    locked: Officer, *, by: Officer, reason: str = "", until: datetime | None = None
) -> None:
    """What follows from it, for a row that the caller may switch off and has locked."""
    Officer.objects.filter(pk=locked.pk).update(
        is_active=False, suspended_by=by, suspended_until=until
    )
    locked.invitations.filter(used_at=None).update(expires_at=timezone.now())
    details = {"hours": settings.ACCOUNT_HELD_FOR // timedelta(hours=1)} if until else {}
    record(Action.OFFICER_SUSPENDED, locked, actor=Actor.officer(by), reason=reason, **details)
    end_sessions(locked, by=by)
    give_back(locked)
    tell(locked, OFF)


@transaction.atomic
def reinstate_officer(officer: Officer, *, by: Officer) -> None:
    locked = locked_with(officer, by=by, may=may_wake)
    Officer.objects.filter(pk=locked.pk).update(
        is_active=True, suspended_by=None, suspended_until=None
    )
    record(Action.OFFICER_REINSTATED, locked, actor=Actor.officer(by))
    tell(locked, ON)


def open_invitation(secret: str) -> Invitation:
    """The invitation behind a link; raises InvitationGone."""
    found = Invitation.objects.select_related("officer__office").filter(
        secret_hash=hash_of(secret),
        used_at=None,
        expires_at__gt=timezone.now(),
        officer__is_active=True,
    )
    try:
        return found.get()
    except Invitation.DoesNotExist as error:
        raise InvitationGone from error


@transaction.atomic
def accept_invitation(secret: str, *, password: str) -> Officer:
    """Use the link up and set the password; raises InvitationGone or ValidationError."""
    invitation = open_invitation(secret)
    officer = invitation.officer
    validate_password(password, officer)
    mine = Invitation.objects.filter(pk=invitation.pk, used_at=None)
    if not mine.update(used_at=timezone.now()):
        raise InvitationGone
    officer.set_password(password)
    officer.save(update_fields=["password"])
    record(Action.OFFICER_PASSWORD_CHANGED, officer, actor=Actor.officer(officer), how="link")
    return officer


def are_bound_by_a_link(one: Officer, other: Officer) -> bool:
    """Whether one of them handed out the link with which the other's password was set, so lately
    that its owner may not have noticed if somebody else used it: both may be one person.
    """
    since = timezone.now() - settings.LINK_BINDS_FOR
    handed = Q(officer=one, invited_by=other) | Q(officer=other, invited_by=one)
    return Invitation.objects.filter(handed, used_at__gte=since).exists()


def end_sessions(
    officer: Officer, *, by: Officer, only: int | None = None, reason: str = ""
) -> int:
    """End the officer's sessions, or only one of them; returns how many there were. Of what is part
    of something else, that says why.
    """
    sessions = UserSession.objects.filter(user=officer)
    if only is not None:
        sessions = sessions.filter(pk=only)
    ended = [session.end() for session in sessions]
    if ended:
        actor = Actor.officer(by)
        record(
            Action.OFFICER_SESSION_ENDED, officer, actor=actor, reason=reason, sessions=len(ended)
        )
    return len(ended)


def _new_link(officer: Officer, *, by: Officer) -> str:
    now = timezone.now()
    officer.invitations.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        officer=officer,
        invited_by=by,
        secret_hash=hash_of(secret),
        expires_at=now + settings.INVITATION_VALID_FOR,
    )
    record(Action.OFFICER_INVITED, officer, actor=Actor.officer(by))
    tell(officer, INVITED)
    return secret


def on_leaving(leave: Callable[[Officer], None]) -> None:
    """What apps above do in the same transaction when somebody is switched off or moved."""
    _on_leaving.append(leave)


_on_leaving: list[Callable[[Officer], None]] = []


def give_back(officer: Officer) -> None:
    for leave in _on_leaving:
        leave(officer)


def locked_with(
    officer: Officer, *, by: Officer, may: Callable[[Officer, Officer], bool]
) -> Officer:
    """The officer's row under lock, with that of who acts: two administrators who switch each
    other off at one moment come one after the other, and one of them stays. What they write at
    that moment may name them still (no_key): else a decision and this would wait for each other.
    """
    rows = (
        Officer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("office")
        .order_by("pk")
    )
    locked = {row.pk: row for row in rows.filter(pk__in=[officer.pk, by.pk])}
    _check(locked[by.pk], may=may(locked[by.pk], locked[officer.pk]))
    if officer.pk == by.pk:
        raise PermissionDenied
    return locked[officer.pk]


def _manages(by: Officer, officer: Officer) -> bool:
    return by.manages_people


def _lets_in(by: Officer, officer: Officer) -> bool:
    return may_let_into_all(by, role=officer.role, offices=offices_of(officer))


def _check(by: Officer, *, may: bool) -> None:
    if not (by.is_active and may):
        raise PermissionDenied


def hash_of(secret: str) -> bytes:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).digest()
