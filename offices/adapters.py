"""Where allauth asks for our ways: no sign-up, seeds encrypted, failures audited."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import seal, unseal
from offices import lockout
from offices.access import home_of

SEED_CONTEXT = "mfa.authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Officers are invited; nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counted before the slow hash is computed, so that parallel guesses count as well."""
        if not lockout.count_try(request, credentials.get("email", "")):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None:
            lockout.take_back_try(request, credentials.get("email", ""))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        record(Action.OFFICER_SIGN_IN_FAILED, None, actor=Actor.anonymous())

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **details: Any
    ) -> HttpResponse:
        """After password and code."""
        response: HttpResponse = super().post_login(request, user, **details)
        lockout.forget_tries(request, user.get_username())
        lockout.remember_browser(request, response, user.get_username())
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if not request.user.is_authenticated:
            return str(super().get_login_redirect_url(request))
        return resolve_url(home_of(request.user))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever gave the password a moment ago is not asked for it again: asking twice in a row
        teaches people to type it wherever they are asked.
        """
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        proofs = get_authentication_records(context.request, context.request.user)
        oldest = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return not any(proof["at"] > oldest for proof in proofs)


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return seal(text.encode(), context=SEED_CONTEXT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(bytes.fromhex(encrypted_text), context=SEED_CONTEXT).decode()
