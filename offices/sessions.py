"""Joins allauth, which enrols and asks for the second factor, to django-otp, which guards the
pages.

Signals are the only place where allauth says that a factor was just proven; nothing else is decided
here.
"""

import django_otp
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_used,
)
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from audit.actions import Action
from audit.services import Actor, record
from offices.models import AllauthDevice, Officer


@receiver(user_logged_in)
def verify_session_after_sign_in(
    sender: object, request: HttpRequest, user: Officer, **_: object
) -> None:
    """The session counts as verified only if allauth recorded a second factor in this sign-in."""
    for proof in get_authentication_records(request, user):
        if proof["method"] == "mfa":
            _verify(request, Authenticator.objects.get(pk=proof["id"], user=user))
    request.session.set_expiry(settings.STAFF_SIGNED_IN_FOR)
    record(Action.OFFICER_SIGNED_IN, user, actor=Actor.officer(user))


@receiver(authenticator_added)
def verify_session_after_enrolment(
    sender: object, request: HttpRequest, authenticator: Authenticator, **_: object
) -> None:
    # Recovery codes come along by themselves: having been given them proves nothing.
    if authenticator.type == Authenticator.Type.TOTP:
        _verify(request, authenticator)
    officer = authenticator.user
    record(Action.OFFICER_MFA_ADDED, officer, actor=Actor.officer(officer))


@receiver(authenticator_used)
def note_use(
    sender: object, request: HttpRequest, user: Officer, *, reauthenticated: bool, **_: object
) -> None:
    if reauthenticated:
        _cycle_key(request)
    record(Action.OFFICER_MFA_USED, user, actor=Actor.officer(user))


@receiver(authentication_failed)
def note_wrong_code(sender: object, request: HttpRequest, user: Officer, **_: object) -> None:
    record(Action.OFFICER_MFA_FAILED, user, actor=Actor.officer(user))


@receiver(authenticator_removed)
def note_removal(sender: object, request: HttpRequest, user: Officer, **_: object) -> None:
    record(Action.OFFICER_MFA_REMOVED, user, actor=Actor.officer(user))


@receiver(user_logged_out)
def note_sign_out(sender: object, request: HttpRequest, user: Officer | None, **_: object) -> None:
    if user is not None:
        record(Action.OFFICER_SIGNED_OUT, user, actor=Actor.officer(user))


def _cycle_key(request: HttpRequest) -> None:
    """Who knew the key of the session before the code was typed does not have what it opens; the
    list of sessions goes on under the new one.
    """
    before = request.session.session_key
    request.session.cycle_key()
    listed = UserSession.objects.filter(session_key=before)
    listed.update(session_key=request.session.session_key)


def _verify(request: HttpRequest, authenticator: Authenticator) -> None:
    device, _ = AllauthDevice.objects.get_or_create(
        authenticator=authenticator,
        defaults={"user": authenticator.user, "name": authenticator.type},
    )
    django_otp.login(request, device)
