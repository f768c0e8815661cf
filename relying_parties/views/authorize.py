"""Signing in to a service: the request, the password, the consent, and the way back.

GET answers `prompt=none` with a code, as OpenID Connect demands; every other code comes by POST.
"""

import json
from urllib.parse import urlsplit

from authlib.oauth2.base import OAuth2Error
from authlib.oidc.core.errors import ConsentRequiredError, LoginRequiredError
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.presses import press
from core.rate_limit import limited
from core.typing import Json
from identity import sessions
from identity.forms import UnlockForm
from identity.models import DigitalID
from identity.unlocking import unlocks
from relying_parties.claims import Claim, asked_for, values_of
from relying_parties.code_grant import Agreement, CodeGrant
from relying_parties.forms import ConsentForm
from relying_parties.models import Grant
from relying_parties.server import server
from relying_parties.services import agree, live_grant
from relying_parties.views.password import ask_for_password
from relying_parties.views.signed_in import SIGNED_IN_FOR, mark_of, signed_in, unlocked


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Where a service sends people. A POST is turned into the same GET, which brings the session's
    cookie along; it changes nothing.
    """
    if request.method == "POST":
        query = request.POST.urlencode()
        return redirect(f"{reverse('relying_parties:authorize')}?{query}", permanent=False)
    grant = valid_grant(request)
    if isinstance(grant, HttpResponse):
        return grant
    holder = signed_in(request, grant.demands)
    if grant.demands.silent:
        return answer_silently(request, grant, holder)
    if holder is None:
        return ask_to_sign_in(request, grant)
    return show_holder(request, grant, holder)


@login_not_required
@never_cache
@press(back="relying_parties:authorize", with_query=True)
@limited("password", per_citizen=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The password of this browser's digital ID, then back to the request."""
    grant = valid_grant(request)
    if isinstance(grant, HttpResponse):
        return grant
    if grant.demands.silent:
        return refusal(grant, LoginRequiredError)
    form = UnlockForm(request.POST)
    if unlocks(request, form):
        request.session[SIGNED_IN_FOR] = mark_of(request)
        return redirect(f"{reverse('relying_parties:authorize')}?{request.GET.urlencode()}")
    return show_sign_in(request, grant, form)


@login_not_required
@never_cache
@press(back="relying_parties:authorize", with_query=True)
@transaction.atomic
def decide(request: HttpRequest) -> HttpResponse:
    """The holder agrees to what is ticked, or refuses. An answer to a page that showed somebody
    else, or other values, is none: two tabs share one session.
    """
    grant = valid_grant(request)
    if isinstance(grant, HttpResponse):
        return grant
    holder = signed_in(request, grant.demands)
    if holder is None:
        return ask_to_sign_in(request, grant)
    if request.POST.get("shown") != seal_of(grant, holder):
        return show_holder(request, grant, holder, changed=True)
    unmet, agreement = unmet_by(grant, holder), None
    if unmet:
        return refusal(grant, unmet)
    if request.POST.get("decision") == "agree":
        form = consent_form(grant, holder, data=request.POST)
        if not form.is_valid():
            return show_consent(request, grant, holder, form)
        chosen = form.chosen()
        kept = agree(holder, grant.client, claims=chosen)
        agreement = agreement_of(request, kept, holder, chosen)
    request.session.pop(SIGNED_IN_FOR, None)
    return answer_with(grant, agreement)


def valid_grant(request: HttpRequest) -> CodeGrant | HttpResponse:
    """authlib's judgement of the request, or the answer that says what is wrong with it: to the
    service where its address is sure, else to the person.
    """
    try:
        grant: CodeGrant = server.get_consent_grant(request, end_user=unlocked(request))
    except OAuth2Error as error:
        if error.redirect_uri:
            return told(error)
        context = {"error": error.error}
        return render(request, "relying_parties/refused.html", context, status=400)
    return grant


def answer_with(grant: CodeGrant, agreement: Agreement | None) -> HttpResponse:
    """The way back with a code, or, without an agreement, with the refusal."""
    answer: HttpResponse = server.create_authorization_response(
        grant.request, grant_user=agreement, grant=grant
    )
    return answer


def told(error: OAuth2Error) -> HttpResponse:
    answer: HttpResponse = server.handle_error_response(None, error)
    return answer


def refusal(grant: CodeGrant, error: type[OAuth2Error]) -> HttpResponse:
    """Tells the service, by the way back."""
    said = error(redirect_uri=grant.redirect_uri, state=grant.request.payload.state)
    return told(said)


def unmet_by(grant: CodeGrant, holder: DigitalID) -> type[OAuth2Error] | None:
    subject = grant.client.subject_of(holder.number_key)
    return grant.demands.unmet_by(subject=subject, assurance=holder.assurance)


def asked_claims(grant: CodeGrant) -> list[str]:
    by_scope, by_name = asked_for(grant.request.scope), grant.demands.claims
    asked = [name for name in Claim.values if name in by_scope or name in by_name]
    return [name for name in asked if name in grant.client.claims]


def answer_silently(
    request: HttpRequest, grant: CodeGrant, holder: DigitalID | None
) -> HttpResponse:
    """`prompt=none`: a code if all that is asked was agreed to before. Nobody and somebody else are
    one answer; a level that is not reached is told of those only who agreed to be known here.
    """
    if holder is None or unmet_by(grant, holder) is LoginRequiredError:
        return refusal(grant, LoginRequiredError)
    kept, asked = live_grant(holder, grant.client), asked_claims(grant)
    needed = [name for name in asked if name in grant.client.required_claims]
    if kept is None or not set(needed) <= set(kept.claims):
        return refusal(grant, ConsentRequiredError)
    agreement = agreement_of(request, kept, holder, [n for n in asked if n in kept.claims])
    return answer_with(grant, agreement)


def agreement_of(
    request: HttpRequest, kept: Grant, holder: DigitalID, claims: list[str]
) -> Agreement:
    at = int(request.session[sessions.UNLOCKED_AT])
    return Agreement(grant=kept, claims=claims, signed_in_at=at, assurance=holder.assurance)


def consent_form(grant: CodeGrant, holder: DigitalID, data: QueryDict | None = None) -> ConsentForm:
    kept = live_grant(holder, grant.client)
    return ConsentForm(
        data,
        values=values_of(holder, asked_claims(grant)),
        required=grant.client.required_claims,
        before=kept.claims if kept else [],
    )


def seal_of(grant: CodeGrant, holder: DigitalID) -> str:
    """Stands for whom a page showed, and what of them, so that the answer is to that page."""
    form = consent_form(grant, holder)
    told = [grant.client.get_client_id(), str(holder.pk), form.values, form.needed]
    return salted_hmac("relying_parties.consent", json.dumps(told, default=str)).hexdigest()


def ask_to_sign_in(request: HttpRequest, grant: CodeGrant) -> HttpResponse:
    """The password, or for who has just given it in vain, what is the matter with the card."""
    if sessions.unlocked_by(request) and not unlocked(request):
        return redirect("identity:card")
    return show_sign_in(request, grant, UnlockForm())


def show_sign_in(request: HttpRequest, grant: CodeGrant, form: UnlockForm) -> HttpResponse:
    action = reverse("relying_parties:sign_in")
    return ask_for_password(request, grant.client, form, action=action)


def show_holder(
    request: HttpRequest, grant: CodeGrant, holder: DigitalID, *, changed: bool = False
) -> HttpResponse:
    """The consent page, or why this holder cannot be the one; the service hears it on a click."""
    unmet = unmet_by(grant, holder)
    if unmet:
        about = {"error": unmet.error, "level": holder.assurance}
        return show_page(request, grant, holder, "relying_parties/unmet.html", about)
    return show_consent(request, grant, holder, consent_form(grant, holder), changed=changed)


def show_consent(
    request: HttpRequest,
    grant: CodeGrant,
    holder: DigitalID,
    form: ConsentForm,
    *,
    changed: bool = False,
) -> HttpResponse:
    about = {"rows": form.rows(), "changed": changed}
    return show_page(request, grant, holder, "relying_parties/consent.html", about)


def show_page(
    request: HttpRequest, grant: CodeGrant, holder: DigitalID, template: str, about: Json
) -> HttpResponse:
    """The page's form may lead to the service: browsers hold redirections to `form-action` too."""
    parts = urlsplit(grant.redirect_uri)
    context = about | {
        "service": grant.client,
        "host": parts.hostname,
        "query": request.GET.urlencode(),
        "shown": seal_of(grant, holder),
    }
    allowed = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}
    page = render(request, template, context)
    csp_update(allowed)(lambda _request: page)(request)  # writes it on the page
    return page
