"""The digital ID that a case led to: suspended, put in force again, revoked, issued anew."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from audit.services import Actor
from identity.life import OFFICERS_REASONS, NotNow, change_status, possible_steps
from identity.models import DigitalID
from offices.access import officer_who
from offices.models import Officer
from registration.errors import Refused
from registration.models import Enrollment
from registration.services.reissuing import digital_id_of
from registration.services.second_person import ask_second_person
from registration.views.review.reach import case_within_reach

# Whoever decides may stop a misuse at once; the rest is a supervisor's.
FOR_ALL = ("suspend",)
NAMES = {
    "suspend": gettext_lazy("Suspend"),
    "resume": gettext_lazy("Put in force again"),
    "revoke": gettext_lazy("Revoke"),
    "reissue": gettext_lazy("Issue anew"),
}


class StandingForm(forms.Form):
    step = forms.ChoiceField(choices=list(NAMES.items()))
    reason = forms.ChoiceField(choices=OFFICERS_REASONS)


def steps_for(officer: Officer, enrollment: Enrollment, digital_id: DigitalID) -> dict[str, str]:
    """What this officer may do with it now: step -> words."""
    possible = possible_steps(digital_id) + ["reissue"] * enrollment.can("reissue")
    mine = NAMES if officer.supervises else FOR_ALL if officer.decides else ()
    return {name: NAMES[name] for name in possible if name in mine}


@require_POST
@officer_who("decides")
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    enrollment = case_within_reach(request, pk)
    digital_id, form = digital_id_of(enrollment), StandingForm(request.POST)
    if digital_id is None or not form.is_valid():
        messages.error(request, _("Please choose a reason."))
        return redirect("review:case", pk=pk)
    step, reason = form.cleaned_data["step"], form.cleaned_data["reason"]
    if not (request.user.supervises or step in FOR_ALL):
        raise PermissionDenied
    try:
        if step == "reissue":
            ask_second_person(enrollment, act="reissue", officer=request.user, reason=reason)
        else:
            actor = Actor.officer(request.user)
            change_status(digital_id, step, actor=actor, reason=reason)
    except NotNow:
        messages.error(request, _("The digital ID has changed meanwhile. Please look again."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        asked = _("Asked for and recorded: %(step)s. Somebody of another role has to agree.")
        done = _("Done and recorded: %(step)s.")
        messages.success(request, (asked if step == "reissue" else done) % {"step": NAMES[step]})
    return redirect("review:case", pk=pk)
