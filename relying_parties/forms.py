from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from joserfc.jwk import KeySet

from core.form_choices import offer
from core.hostile import read_or
from core.small_numbers import SmallNumbers
from core.typing import Cleaned, Json, ModelForm
from identity.credential.keys import JwkSet
from relying_parties.claims import Claim, in_words
from relying_parties.models import AuthMethod, RelyingParty


class RelyingPartyForm(ModelForm):
    """What the administration site asks about a relying party."""

    claims = forms.MultipleChoiceField(
        label=_("may ask for"), choices=Claim, widget=forms.CheckboxSelectMultiple
    )
    required_claims = forms.MultipleChoiceField(
        label=_("cannot do without"),
        choices=Claim,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    jwks = forms.JSONField(label=_("public keys (JWK set)"), required=False, decoder=SmallNumbers)
    new_secret = forms.BooleanField(
        label=_("Make a new secret; the old one stops at once"), required=False
    )

    class Meta:
        model = RelyingParty
        fields = [
            "name_th", "name_en", "contact", "redirect_uris", "claims", "required_claims",
            "auth_method", "jwks", "enabled",
        ]  # fmt: skip

    def clean_jwks(self) -> JwkSet | None:
        keys: JwkSet | None = self.cleaned_data["jwks"]
        if not keys:
            return None
        with read_or(ValidationError(_("This is not a JWK set."))):
            known = KeySet.import_key_set(keys).keys
        if not known or any(key.key_type == "oct" or key.is_private for key in known):
            raise ValidationError(_("Only public keys belong here."))
        return keys

    def clean(self) -> Cleaned:
        super().clean()
        said = self.cleaned_data
        beyond = set(said.get("required_claims", ())) - set(said.get("claims", ()))
        if beyond:
            self.add_error("required_claims", _("Tick the same under what it may ask for."))
        if said.get("auth_method") == AuthMethod.PRIVATE_KEY and not said.get("jwks"):
            self.add_error("jwks", _("Enter the public keys the service signs with."))
        return said


class PresentationForm(forms.Form):
    """What a service asks a holder to show; its words are for the service's programmers."""

    claims = forms.CharField(max_length=400)
    return_to = forms.CharField(max_length=400, required=False)

    def __init__(self, *args: Any, service: RelyingParty, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.service = service

    def clean_claims(self) -> list[str]:
        """In the order of Claim, each once."""
        named = set(self.cleaned_data["claims"].split())
        if not named or not named <= set(self.service.claims):
            raise ValidationError("names of claims the service is registered for")
        return [name for name in Claim.values if name in named]

    def clean_return_to(self) -> str:
        address: str = self.cleaned_data["return_to"]
        if address and address not in self.service.redirect_uris:
            raise ValidationError("one of the service's return addresses, letter by letter")
        return address

    def first_error(self) -> str:
        """`<field>: <what is wrong>`."""
        name, (words, *_more) = next(iter(self.errors.items()))
        return f"{name}: {words}"


class ConsentForm(forms.Form):
    """Which of the asked-for claims the holder tells; those the service needs are not a choice."""

    agreed = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, values: Json, required: list[str], before: list[str], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.values, self.needed = values, [name for name in values if name in required]
        self.optional = [name for name in values if name not in required]
        self.before = before
        offer(self, "agreed", [(name, name) for name in self.optional])

    def rows(self) -> list[Json]:
        """One row a claim for the page: name, label, value in words, needed, ticked."""
        return [
            {
                "name": name,
                "label": Claim(name).label,
                "value": in_words(name, value),
                "needed": name in self.needed,
                "ticked": name in self.before,
            }
            for name, value in self.values.items()
        ]

    def chosen(self) -> list[str]:
        ticked = self.cleaned_data["agreed"]
        return [name for name in self.values if name in self.needed or name in ticked]
