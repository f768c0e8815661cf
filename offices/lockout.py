"""Few tries at an officer's door, then growing pauses, counted by whence somebody tries."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from uuid_utils.compat import uuid7

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from core.guard import tries
from core.guard.tries import Door, Origin, origin_of_address
from offices.models import Officer

KNOWN_FOR_SECONDS = 180 * 24 * 3600
SALT = "offices.known_browser"


@transaction.atomic
def count_try(request: HttpRequest, email: str) -> bool:
    """Count one more try under this address; False when it is paused and must not be tried."""
    tried = tries.count_try(_door(), _account(email), origin_of(request, email))
    if tried and tried.pauses:
        officer = Officer.objects.filter(email=_account(email)).first()
        record(Action.OFFICER_LOCKED_OUT, officer, actor=Actor.anonymous(), tries=tried.together)
    return tried is not None


def take_back_try(request: HttpRequest, email: str) -> None:
    """This one was right. Earlier wrong ones stay counted until the whole sign-in is done."""
    tries.take_back(_door(), _account(email), origin_of(request, email))


def forget_tries(request: HttpRequest, email: str) -> None:
    tries.forget(_door(), _account(email), origin_of(request, email))


def forget_all_tries(email: str) -> None:
    tries.forget_all(_door(), _account(email))


def locked_until(officer: Officer) -> datetime | None:
    """The end of the longest pause under this officer's address, or None."""
    return tries.locked_until(_door(), _account(officer.email))


def origin_of(request: HttpRequest, email: str) -> Origin:
    """The browser, if this officer signed in with it before; else the client's address."""
    browser = request.get_signed_cookie(_cookie(email), "", salt=SALT, max_age=KNOWN_FOR_SECONDS)
    return Origin(f"browser:{browser}", known=True) if browser else origin_of_address(request)


def remember_browser(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """After a whole sign-in: from now on this browser's tries are counted by themselves."""
    response.set_signed_cookie(
        _cookie(email),
        str(uuid7()),
        salt=SALT,
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie(email: str) -> str:
    """A name that tells nobody who works here; several officers may share a browser."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    key: uuid.UUID = lookup_key(_account(email), kind="staff-browser")
    return f"{prefix}staff-{key.hex[:16]}"


def _account(email: str) -> str:
    return email.strip().lower()


def _door() -> Door:
    return Door(
        "staff",
        free=settings.STAFF_FREE_TRIES,
        anywhere=settings.STAFF_FREE_TRIES_ANYWHERE,
        longest=settings.STAFF_LONGEST_LOCK,
    )
