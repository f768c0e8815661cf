"""OpenID4VP 1.0: what services and wallets call."""

import uuid
from collections.abc import Callable
from functools import wraps

from authlib.oauth2.base import OAuth2Error
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.address import portal_address
from core.rate_limit import limited
from relying_parties.code_grant import AUTH_METHODS
from relying_parties.forms import PresentationForm
from relying_parties.models import PresentationRequest, RelyingParty
from relying_parties.presentations.answering import (
    RequestClosed,
    collect,
    decline,
    take_presentation,
)
from relying_parties.presentations.asking import (
    OPEN_FOR,
    REQUEST_TYPE,
    ask,
    links_of,
    request_object,
)
from relying_parties.presentations.checking import PresentationRefused
from relying_parties.server import oauth_refusal, server


def for_services(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a registered service that proves itself as it does for a token."""

    @csrf_exempt
    @login_not_required
    @never_cache
    @require_POST
    @limited("token")
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            asked = server.create_oauth2_request(request)
            service = server.authenticate_client(asked, AUTH_METHODS, "presentations")
        except OAuth2Error as error:
            return oauth_refusal(error)
        return view(request, service, *args, **kwargs)

    return guarded


def refusal(code: str, words: str, *, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": code, "error_description": words}, status=status)


@for_services
def ask_holder(request: HttpRequest, service: RelyingParty) -> HttpResponse:
    """Open a request: `claims` by name, separated by spaces; `return_to` for the same device."""
    form = PresentationForm(request.POST, service=service)
    if not form.is_valid():
        return refusal("invalid_request", form.first_error())
    asked = ask(service, **form.cleaned_data)
    result = portal_address() + reverse("relying_parties:presentation_result", args=[asked.pk])
    told = {"id": str(asked.pk), "expires_in": int(OPEN_FOR.total_seconds()), "result": result}
    return JsonResponse(told | links_of(asked), status=201)


@require_safe
@login_not_required
@never_cache
def signed_request(_request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rows = PresentationRequest.objects.select_related("relying_party")
    asked = rows.filter(pk=pk, relying_party__enabled=True).first()
    if asked is None or not asked.is_open:
        return closed()
    return HttpResponse(request_object(asked), content_type=f"application/{REQUEST_TYPE}")


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@limited("token")
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A wallet's `direct_post` (section 8.2): `vp_token`, or `error` where the holder declines."""
    try:
        if "error" in request.POST:
            goes_to = decline(pk)
        else:
            goes_to = take_presentation(pk, request.POST.get("vp_token", ""))
    except RequestClosed:
        return closed()
    except PresentationRefused as fault:
        return refusal("invalid_request", fault.args[0].value)
    return JsonResponse({"redirect_uri": goes_to} if goes_to else {})


@for_services
def result(request: HttpRequest, service: RelyingParty, pk: uuid.UUID) -> HttpResponse:
    """What came of a request of this service: to be asked every few seconds, collected once."""
    told = collect(pk, service, response_code=request.POST.get("response_code", ""))
    if told is None:
        return refusal("invalid_request", "not your request, or not its response_code", status=404)
    return JsonResponse(told)


def closed() -> JsonResponse:
    return refusal("invalid_request", "unknown, answered or expired request", status=404)
