"""allauth's forms for security keys, for answers that no browser gives."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from core.hostile import read_or
from core.small_numbers import SmallNumbers
from core.typing import Cleaned, Json


def credential_field() -> forms.JSONField:
    return forms.JSONField(widget=forms.HiddenInput, decoder=SmallNumbers)


def check(credential: Json, read: Callable[[Json], Any]) -> None:
    """Raises ValidationError for what allauth and fido2 would stumble over."""
    with read_or(get_adapter().validation_error("incorrect_code")):
        dict(read(credential).client_extension_results or {})


class AddKeyForm(AddWebAuthnForm):
    credential = credential_field()

    def clean_credential(self) -> Json:
        credential: Json = self.cleaned_data["credential"]
        check(credential, RegistrationResponse.from_dict)
        return credential

    def clean(self) -> Cleaned:
        """The state that the answer is held against is the session's, which is read by now."""
        with read_or(get_adapter().validation_error("incorrect_code")):
            said: Cleaned = super().clean()
        return said


class Checked(AuthenticateWebAuthnForm):
    credential = credential_field()

    def clean_credential(self) -> Authenticator:
        check(self.cleaned_data["credential"], AuthenticationResponse.from_dict)
        return super().clean_credential()


class KeyForm(Checked):
    """The key at the door."""


class KeyAgainForm(Checked, ReauthenticateWebAuthnForm):
    """The key once more, before a change to the own account."""
