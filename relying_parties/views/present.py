"""The holder's own wallet page: a service's request, claim by claim, answered by this browser.

The browser fetches its credential, keeps the disclosures that were agreed to, and signs them with
the device's key (static/js/present.js): the portal learns nothing here that another wallet would
not send it.
"""

import time
import uuid
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.presses import press
from core.rate_limit import limited
from identity import sessions
from identity.forms import UnlockForm
from identity.models import DigitalID, DigitalIDStatus
from identity.unlocking import unlocks
from relying_parties.claims import values_of
from relying_parties.forms import ConsentForm
from relying_parties.models import PresentationRequest
from relying_parties.presentations.asking import QUERY, answer_address, request_address
from relying_parties.views.password import ask_for_password


@require_safe
@login_not_required
@never_cache
def present(request: HttpRequest) -> HttpResponse:
    """Where a service's link or code leads: `client_id` and `request_uri`, as for any wallet."""
    asked = asked_by(request)
    if asked is None:
        return render(request, "relying_parties/not_open.html", status=404)
    holder = sessions.unlocked_by(request)
    if holder is None:
        return show_password(request, asked, UnlockForm())
    if holder.effective_status != DigitalIDStatus.ACTIVE:
        return redirect("identity:card")
    return show_request(request, asked, holder)


@login_not_required
@never_cache
@press(back="relying_parties:present", with_query=True)
@limited("password", per_citizen=True)
def open_to_present(request: HttpRequest) -> HttpResponse:
    """The password, then back to the request."""
    asked = asked_by(request)
    if asked is None:
        return render(request, "relying_parties/not_open.html", status=404)
    form = UnlockForm(request.POST)
    if unlocks(request, form):
        return redirect(f"{reverse('relying_parties:present')}?{request.GET.urlencode()}")
    return show_password(request, asked, form)


def asked_by(request: HttpRequest) -> PresentationRequest | None:
    """The open request that the address names; None for one that is closed or not the portal's."""
    key = key_in(request.GET.get("request_uri", ""))
    rows = PresentationRequest.objects.select_related("relying_party")
    asked = rows.filter(pk=key, relying_party__enabled=True).first() if key else None
    if asked is None:
        return None
    named = request.GET.get("request_uri"), request.GET.get("client_id")
    if named != (request_address(asked), str(asked.relying_party_id)):
        return None
    return asked if asked.is_open else None


def key_in(address: str) -> uuid.UUID | None:
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None
    return found.kwargs["pk"] if found.view_name == "relying_parties:presentation_request" else None


def show_password(
    request: HttpRequest, asked: PresentationRequest, form: UnlockForm
) -> HttpResponse:
    action = reverse("relying_parties:open_to_present")
    return ask_for_password(request, asked.relying_party, form, action=action)


def show_request(
    request: HttpRequest, asked: PresentationRequest, holder: DigitalID
) -> HttpResponse:
    form = ConsentForm(
        values=values_of(holder, asked.claims), required=asked.needed_claims, before=[]
    )
    context = {
        "rows": form.rows(),
        "service": asked.relying_party,
        "asked": asked,
        "host": urlsplit(asked.return_to).hostname,
        "answer": urlsplit(answer_address(asked)).path,
        "query_id": QUERY,
        "device": sessions.device_of(request),
        "now": int(time.time()),
    }
    return render(request, "relying_parties/present.html", context)
