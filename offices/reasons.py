"""The reason that a press comes with, as the log may keep it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from offices.lever_forms import ReasonForm


def reason_in(request: HttpRequest) -> str | None:
    """What was filled in; where it is none, what to do is told."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason: str = form.cleaned_data["reason"]
        return reason
    messages.error(request, _("Please give a reason of at least ten letters, without names."))
    return None
