"""A name for a view. It checks; dashboards.saved.services writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_choices import offer
from dashboards.filters import PAGES
from offices.lever_forms import for_the_log
from offices.models import Officer
from offices.roles import WATCHING, Role


class ViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=40, validators=[for_the_log])
    shared_with = forms.ChoiceField(label=_("Shared with"), required=False)
    page = forms.ChoiceField(choices=[(one, one) for one in PAGES], widget=forms.HiddenInput)
    query = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if officer.pulls_levers:
            roles = [(role.value, role.label) for role in Role if role in WATCHING]
            offer(self, "shared_with", [("", _("nobody")), *roles])
        else:
            del self.fields["shared_with"]
