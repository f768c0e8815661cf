"""What services themselves call: the token, the claims, and what the provider can do."""

from authlib.integrations.django_oauth2.resource_protector import return_error_response
from authlib.oauth2.base import OAuth2Error
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.address import portal_address
from core.rate_limit import limited
from relying_parties.claims import SCOPES, Claim, values_of
from relying_parties.code_grant import AUTH_METHODS
from relying_parties.server import oauth_refusal, server, tokens


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
def discovery(_request: HttpRequest) -> JsonResponse:
    """OpenID Connect Discovery 1.0, section 3."""
    return JsonResponse(
        {
            "issuer": portal_address(),
            "authorization_endpoint": address_of("relying_parties:authorize"),
            "token_endpoint": address_of("relying_parties:token"),
            "userinfo_endpoint": address_of("relying_parties:userinfo"),
            "jwks_uri": address_of("identity:issuer_keys"),
            "service_documentation": address_of("about"),
            "scopes_supported": ["openid", *SCOPES],
            "claims_supported": ["sub", "iss", "aud", "auth_time", "acr", "amr", *Claim.values],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "acr_values_supported": ["IAL2.2", "IAL2.3"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": AUTH_METHODS,
            "token_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256", "PS256"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent"],
            "ui_locales_supported": ["th", "en"],
            "claims_parameter_supported": True,
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
            "authorization_response_iss_parameter_supported": True,
        }
    )


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@limited("token")
@transaction.atomic
def token(request: HttpRequest) -> HttpResponse:
    """A code for tokens, once. Commits on refusal too: a code that comes twice ends its tokens."""
    try:
        answer = server.create_token_response(request)
    except OAuth2Error as error:
        return oauth_refusal(error)
    answer.headers.setdefault("Content-Type", "application/json")
    return answer


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("token")
def userinfo(request: HttpRequest) -> HttpResponse:
    """The agreed claims as they are today, for a token in the Authorization header."""
    try:
        code = tokens.acquire_token(request, "openid").code
    except OAuth2Error as error:
        return return_error_response(error)
    told = values_of(code.grant.digital_id(), code.claims)
    return JsonResponse({"sub": code.grant.subject} | told)


def address_of(name: str) -> str:
    return portal_address() + reverse(name)
