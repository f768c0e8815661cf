"""Forms about people who work here. They check; offices.people writes."""

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.required import required
from core.typing import Cleaned, ModelForm
from offices import codes, lockout
from offices.models import Office, Officer
from offices.office_field import OfficeField
from offices.roles import Role


class RightsForm(ModelForm):
    """Name, role and office of an officer."""

    office = OfficeField(
        label=_("Registration office"),
        help_text=_("Its name or its code. Central roles need none."),
        required=False,
    )

    class Meta:
        model = Officer
        fields: ClassVar = ["name", "role", "office"]


class InvitationForm(RightsForm):
    class Meta(RightsForm.Meta):
        fields: ClassVar = ["email", "name", "role", "office"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if Officer.objects.filter(email=email).exists():
            raise ValidationError(_("There is an account with this address already."))
        return email


class OwnOfficeForm(ModelForm):
    """For a supervisor: role and office are not among what is asked. Whether an address has an
    account elsewhere is not told: whoever agrees is told that the address is taken.
    """

    class Meta:
        model = Officer
        fields: ClassVar = ["email", "name"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.strip().lower()

    def validate_unique(self) -> None:
        """See above."""


class MoveForm(forms.Form):
    office = OfficeField(label=_("Registration office"), help_text=_("An office of your province."))

    def __init__(self, *args: Any, province_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.province_code = province_code

    def clean_office(self) -> Office:
        office: Office | None = self.cleaned_data["office"]
        if office is None or office.province_code != self.province_code:
            raise ValidationError(_("Please choose an office of your province."))
        return office


class AddressForm(OwnOfficeForm):
    """Somebody who has an account elsewhere; whether there is one is not told."""

    class Meta(OwnOfficeForm.Meta):
        fields: ClassVar = ["email"]


class FurtherOfficeForm(forms.Form):
    office = OfficeField(label=_("Further office"), help_text=_("Its name or its code."))

    def clean_office(self) -> Office:
        office: Office | None = self.cleaned_data["office"]
        if office is None:
            raise ValidationError(_("There is no office of this code or name."))
        return office


class LinkForm(forms.Form):
    second_factor_lost = forms.BooleanField(
        label=_("The phone with the authenticator app is lost: set that up anew as well"),
        required=False,
    )


class PeopleFilter(forms.Form):
    text = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False
    )


class FirstPasswordForm(forms.Form):
    first = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    second = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        if not self.errors and data["first"] != data["second"]:
            self.add_error("second", _("The two passwords are not the same."))
        return data


class Counted(BaseAuthenticateForm):
    """A one-time code is guessed no more often than a password."""

    def clean_code(self) -> str:
        if not lockout.count_try(context.request, self.user.email):
            raise ValidationError(_("Too many wrong tries. Please wait a while and try again."))
        code = super().clean_code()
        _use_up(self.user, code)
        lockout.take_back_try(context.request, self.user.email)
        return code


class FirstCodeForm(ActivateTOTPForm):
    """The code with which an app is set up does not open anything afterwards."""

    def clean_code(self) -> str:
        code = super().clean_code()
        _use_up(self.user, code)
        return code


class CountedPasswordForm(ChangePasswordForm):
    """Whoever finds an open session does not find out the password at leisure."""

    def clean_oldpassword(self) -> str:
        email = required(self.user, "user").get_username()
        if not lockout.count_try(context.request, email):
            raise ValidationError(_("Too many wrong tries. Please wait a while and try again."))
        password: str = super().clean_oldpassword()
        lockout.take_back_try(context.request, email)
        return password


class CountedCodeForm(Counted, AuthenticateForm):
    """The code at the door."""


class CountedCodeAgainForm(Counted, ReauthenticateForm):
    """The code once more, before a change to the own account."""


def _use_up(officer: Officer, code: str) -> None:
    if not codes.use_up(officer, code):
        raise get_adapter().validation_error("incorrect_code")
