"""The page for those who came too early."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.form_choices import offer
from core.rate_limit import limited
from identity.contacts import clean_contact
from offices.services import provinces
from rollout.waiting import leave_address


class AddressForm(forms.Form):
    contact = forms.CharField(
        label=_("E-mail or mobile number"),
        help_text=_("We tell you there once when you can register, and then delete it."),
        max_length=120,
    )

    province = forms.ChoiceField(
        label=_("Your province"),
        help_text=_("If you choose one, we tell you when registration opens there."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "province", [("", _("All provinces")), *provinces()])

    def clean_contact(self) -> tuple[str, str]:
        return clean_contact(self.cleaned_data["contact"])


@login_not_required
@never_cache
@sensitive_post_parameters("contact")
@limited("resume")
def later(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)
    if form.is_valid():
        channel, address = form.cleaned_data["contact"]
        leave_address(
            channel=channel,
            address=address,
            language=(get_language() or "th")[:2],
            province=form.cleaned_data["province"],
        )
        messages.success(request, _("Thank you. We will tell you when you can register."))
        return redirect("registration:home")
    status = 422 if form.is_bound else 200
    return render(request, "rollout/later.html", {"form": form}, status=status)
