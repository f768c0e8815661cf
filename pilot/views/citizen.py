"""How somebody from the pilot comes to this portal: number and password, then the new terms."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.guard.tries import origin_of_address
from core.rate_limit import limited
from core.required import required
from identity import sessions
from identity.numbers import clean_number
from pilot.models import PilotMember
from pilot.returning import accept_new_terms, member_who_says
from registration.errors import Refused
from registration.forms import TermsForm

MEMBER = "pilot_member"


class ReturningForm(forms.Form):
    number = forms.CharField(
        label=_("National ID number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Your password of the pilot"), widget=forms.PasswordInput, strip=False
    )

    def clean_number(self) -> str:
        return clean_number(self.cleaned_data["number"])


@login_not_required
@never_cache
@sensitive_post_parameters("number", "password")
@limited("password")
def returning(request: HttpRequest) -> HttpResponse:
    form = ReturningForm(request.POST or None)
    if form.is_valid():
        try:
            member = member_who_says(
                form.cleaned_data["number"],
                password=form.cleaned_data["password"],
                origin=origin_of_address(request),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            request.session.cycle_key()
            request.session[MEMBER] = str(member.pk)
            return redirect("pilot:new_terms")
    status = 422 if form.is_bound else 200
    return render(request, "pilot/returning.html", {"form": form}, status=status)


@login_not_required
@never_cache
def new_terms(request: HttpRequest) -> HttpResponse:
    """The digital ID opens once the terms are accepted; its page then asks for a key of the
    device.
    """
    key = request.session.get(MEMBER)
    member = PilotMember.objects.filter(pk=key).first() if key else None
    if member is None:
        return redirect("pilot:returning")
    form = TermsForm(request.POST or None, initial={"version": settings.TERMS_VERSION})
    if form.is_valid():
        try:
            accept_new_terms(member, version=form.cleaned_data["version"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            del request.session[MEMBER]
            sessions.unlock(request, digital_id=required(member.digital_id, "digital ID"))
            return redirect("identity:card")
    context = {"form": form, "member": member, "terms_version": settings.TERMS_VERSION}
    status = 422 if form.is_bound else 200
    return render(request, "pilot/new_terms.html", context, status=status)
