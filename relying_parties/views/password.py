"""The password, asked for because a service waits for its holder."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.passkey_pages import may_open_by_passkey
from identity import sessions
from identity.forms import UnlockForm
from relying_parties.models import RelyingParty


@may_open_by_passkey
def ask_for_password(
    request: HttpRequest, service: RelyingParty, form: UnlockForm, *, action: str
) -> HttpResponse:
    """`action` is where the form is sent, with the query of the service's request."""
    context = {
        "form": form,
        "service": service,
        "held": sessions.held_by(request),
        "device": sessions.device_of(request),
        "action": action,
        "query": request.GET.urlencode(),
        "now": int(time.time()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "relying_parties/sign_in.html", context, status=status)
