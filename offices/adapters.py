"""Where allauth asks for our ways: no sign-up, seeds encrypted, failures audited."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from audit.actions import Action
from audit.services import Actor, record
from dopa_portal.encryption import seal, unseal

SEED_CONTEXT = "mfa.authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Officers are invited; nobody signs up."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        super().authentication_failed(request, **credentials)
        record(Action.OFFICER_SIGN_IN_FAILED, None, actor=Actor.anonymous())


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return seal(text.encode(), context=SEED_CONTEXT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(bytes.fromhex(encrypted_text), context=SEED_CONTEXT).decode()
