"""Which offices are ready to be opened: supervisors say it of theirs, others read it."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.form_choices import offer
from core.presses import press
from offices.access import officer_who
from offices.requests import OfficerRequest
from offices.services import provinces
from rollout.models import Matter
from rollout.preparing import offices_ready, say_ready

PAGE = "readiness:page"


class ProvinceForm(forms.Form):
    province = forms.ChoiceField(label=_("Province"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "province", provinces())


class SayingForm(forms.Form):
    matter = forms.ChoiceField(choices=Matter.choices)
    ready = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


@require_GET
@never_cache
@officer_who("watches")
def page(request: OfficerRequest) -> HttpResponse:
    """The own office or province; whoever sees all chooses a province."""
    officer = request.user
    form = ProvinceForm(request.GET or None) if officer.office is None else None
    if form is not None:
        within = Q(province_code=form.cleaned_data["province"] if form.is_valid() else "")
    elif officer.manages_office:
        within = Q(pk=officer.office_id)
    else:
        within = Q(province_code=officer.province_code)
    context = {
        "form": form,
        "offices": offices_ready(within),
        "matters": Matter,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "rollout/readiness.html", context, status=status)


@press(back=PAGE)
@never_cache
@officer_who("manages_office")
def say(request: OfficerRequest) -> HttpResponse:
    form = SayingForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    said = form.cleaned_data
    say_ready(Matter(said["matter"]), ready=said["ready"] == "yes", officer=request.user)
    return redirect(PAGE)
