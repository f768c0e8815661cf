"""The officer's forms at the counter."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registration.upload_fields import PhotoField


class CounterForm(forms.Form):
    """The language the portal speaks to this citizen in, and that the terms were agreed to."""

    language = forms.ChoiceField(label=_("Language of the citizen"), choices=settings.LANGUAGES)
    terms = forms.BooleanField(
        label=_("The citizen has read the terms, or heard them read out, and accepts them"),
        error_messages={"required": _("Without the citizen's agreement there is no registration.")},
    )
    renewal = forms.BooleanField(
        label=_("The citizen has a digital ID, which is to be issued anew"), required=False
    )


class CounterPhotoForm(forms.Form):
    picture = PhotoField(
        label=_("Photo of the citizen"),
        error_messages={"required": _("Please choose or take a photo of the citizen.")},
    )
    identity_checked = forms.BooleanField(
        label=_("Identity checked in person: card and face belong together, the card is genuine"),
        error_messages={"required": _("Please compare the person with the card and confirm it.")},
    )


class OfficerPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password of the officer"), widget=forms.PasswordInput, strip=False
    )
