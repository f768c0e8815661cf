"""Signing in to a service: the request, the password, the consent, and the way back.

GET answers `prompt=none` with a code, as OpenID Connect demands; every other code comes by POST.
"""

import hashlib
import time
from urllib.parse import urlencode, urlsplit

from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.rfc6749.grants import BaseGrant
from authlib.oidc.core.errors import ConsentRequiredError
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dopa_portal.rate_limit import limited
from identity import sessions
from identity.forms import UnlockForm
from identity.models import DigitalID, DigitalIDStatus
from identity.unlocking import unlocks
from relying_parties.claims import asked_for, values_of
from relying_parties.forms import ConsentForm
from relying_parties.server import Agreement, server
from relying_parties.services import agree, live_grant
from relying_parties.views.password import ask_for_password

SIGNED_IN_FOR = "signed_in_for_request"


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Where a service sends people. A POST is turned into the same GET, which brings the session's
    cookie along; it changes nothing.
    """
    if request.method == "POST":
        query = urlencode(request.POST)
        return redirect(f"{reverse('relying_parties:authorize')}?{query}", permanent=False)
    holder = signed_in(request)
    grant = valid_grant(request, holder)
    if isinstance(grant, HttpResponse):
        return grant
    if holder is None:
        return show_sign_in(request, grant, UnlockForm())
    if request.GET.get("prompt") == "none":
        return answer_silently(request, grant, holder)
    return show_consent(request, grant, consent_form(grant, holder))


@login_not_required
@never_cache
@require_POST
@limited("password", per_citizen=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The password of this browser's digital ID, then back to the request."""
    grant = valid_grant(request, None)
    if isinstance(grant, HttpResponse):
        return grant
    form = UnlockForm(request.POST)
    if unlocks(request, form):
        request.session[SIGNED_IN_FOR] = mark_of(request)
        return redirect(f"{reverse('relying_parties:authorize')}?{request.GET.urlencode()}")
    return show_sign_in(request, grant, form)


@login_not_required
@never_cache
@require_POST
@transaction.atomic
def decide(request: HttpRequest) -> HttpResponse:
    """The holder agrees to what is ticked, or refuses."""
    holder = signed_in(request)
    grant = valid_grant(request, holder)
    if isinstance(grant, HttpResponse):
        return grant
    if holder is None:
        return show_sign_in(request, grant, UnlockForm())
    agreement = None
    if request.POST.get("decision") == "agree":
        form = consent_form(grant, holder, data=request.POST)
        if not form.is_valid():
            return show_consent(request, grant, form)
        chosen = form.chosen()
        kept = agree(holder, grant.client, claims=chosen)
        agreement = agreement_of(request, kept, holder, chosen)
    request.session.pop(SIGNED_IN_FOR, None)
    return server.create_authorization_response(request, grant_user=agreement, grant=grant)


def valid_grant(request: HttpRequest, holder: DigitalID | None) -> BaseGrant | HttpResponse:
    """authlib's judgement of the request, or the answer that says what is wrong with it: to the
    service where its address is sure, else to the person.
    """
    try:
        grant = server.get_consent_grant(request, end_user=holder)
    except OAuth2Error as error:
        if error.redirect_uri:
            return server.handle_error_response(None, error)
        context = {"error": error.error}
        return render(request, "relying_parties/refused.html", context, status=400)
    return grant


def signed_in(request: HttpRequest) -> DigitalID | None:
    """The digital ID that is unlocked here, in force, and signed in as lately as is asked."""
    digital_id = sessions.held_by(request) if sessions.is_unlocked(request) else None
    if digital_id is None or digital_id.effective_status != DigitalIDStatus.ACTIVE:
        return None
    if request.session.get(SIGNED_IN_FOR) == mark_of(request):
        return digital_id
    longest = request.GET.get("max_age", "")
    too_long_ago = longest.isdecimal() and since(request) > int(longest)
    again = "login" in request.GET.get("prompt", "").split()
    return None if too_long_ago or again else digital_id


def since(request: HttpRequest) -> float:
    return time.time() - request.session[sessions.UNLOCKED_AT]


def mark_of(request: HttpRequest) -> str:
    """Stands for this request: a sign-in made for it counts, whatever its prompt."""
    return hashlib.sha256(request.GET.urlencode().encode()).hexdigest()


def asked_claims(grant: BaseGrant) -> list[str]:
    return [name for name in asked_for(grant.request.scope) if name in grant.client.claims]


def answer_silently(request: HttpRequest, grant: BaseGrant, holder: DigitalID) -> HttpResponse:
    """`prompt=none`: a code if all that is asked was agreed to before, else `consent_required`."""
    kept, asked = live_grant(holder, grant.client), asked_claims(grant)
    needed = [name for name in asked if name in grant.client.required_claims]
    if kept is None or not set(needed) <= set(kept.claims):
        error = ConsentRequiredError(redirect_uri=grant.redirect_uri)
        error.state = request.GET.get("state")
        return server.handle_error_response(None, error)
    agreement = agreement_of(request, kept, holder, [n for n in asked if n in kept.claims])
    return server.create_authorization_response(request, grant_user=agreement, grant=grant)


def agreement_of(request: HttpRequest, kept, holder: DigitalID, claims: list[str]) -> Agreement:
    at = int(request.session[sessions.UNLOCKED_AT])
    return Agreement(grant=kept, claims=claims, signed_in_at=at, assurance=holder.assurance)


def consent_form(grant: BaseGrant, holder: DigitalID, data=None) -> ConsentForm:
    kept = live_grant(holder, grant.client)
    return ConsentForm(
        data,
        values=values_of(holder, asked_claims(grant)),
        required=grant.client.required_claims,
        before=kept.claims if kept else [],
    )


def show_sign_in(request: HttpRequest, grant: BaseGrant, form: UnlockForm) -> HttpResponse:
    action = reverse("relying_parties:sign_in")
    return ask_for_password(request, grant.client, form, action=action)


def show_consent(request: HttpRequest, grant: BaseGrant, form: ConsentForm) -> HttpResponse:
    """The page's form may lead to the service: browsers hold redirections to `form-action` too."""
    context = {
        "rows": form.rows(),
        "service": grant.client,
        "host": urlsplit(grant.redirect_uri).hostname,
        "query": request.GET.urlencode(),
    }
    parts = urlsplit(grant.redirect_uri)
    allowed = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}
    return csp_update(allowed)(render)(request, "relying_parties/consent.html", context)
