"""Asking a holder to show claims: the request object of OpenID4VP 1.0, signed by the portal for a
registered service.

The service is a pre-registered client (section 5.9.2): its client_id has no prefix, and a wallet
verifies the request by the keys at /.well-known/jwks.json.
"""

import datetime
import json
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from joserfc import jws

from audit.actions import Action
from audit.services import Actor, record
from core.address import portal_address
from identity.credential.keys import current_key
from identity.credential.sd_jwt import CREDENTIAL_TYPE, TYPE
from relying_parties.claims import AGE_PREFIX
from relying_parties.models import PresentationRequest, RelyingParty
from relying_parties.presentations.checking import AGES
from relying_parties.secrets import new_secret

OPEN_FOR = datetime.timedelta(minutes=5)
REQUEST_TYPE = "oauth-authz-req+jwt"
AUDIENCE = "https://self-issued.me/v2"  # section 5.8: a request made for no wallet in particular
QUERY = "digital_id"
FORMATS = {TYPE: {"sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"]}}


@transaction.atomic
def ask(
    relying_party: RelyingParty, *, claims: list[str], return_to: str = ""
) -> PresentationRequest:
    """Open a request for five minutes; claims and address are the service's own, checked before."""
    asked = PresentationRequest.objects.create(
        relying_party=relying_party,
        claims=claims,
        return_to=return_to,
        nonce=new_secret(),
        expires_at=timezone.now() + OPEN_FOR,
    )
    actor = Actor.system("presentations to services")
    record(Action.PRESENTATION_ASKED, relying_party, actor=actor, claims=claims)
    return asked


def links_of(asked: PresentationRequest) -> dict[str, str]:
    """The same request for the portal's own page and for a wallet on the phone."""
    named = {"client_id": str(asked.relying_party_id), "request_uri": request_address(asked)}
    query = urlencode(named)
    page = portal_address() + reverse("relying_parties:present")
    return {"page": f"{page}?{query}", "wallet": f"openid4vp://?{query}"}


def request_address(asked: PresentationRequest) -> str:
    return _address("presentation_request", asked)


def answer_address(asked: PresentationRequest) -> str:
    return _address("presentation_answer", asked)


def request_object(asked: PresentationRequest) -> str:
    """The signed request (section 5; RFC 9101), a compact JWS."""
    key_id, key = current_key()
    said = {
        "client_id": str(asked.relying_party_id),
        "aud": AUDIENCE,
        "iat": int(asked.asked_at.timestamp()),
        "exp": int(asked.expires_at.timestamp()),
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "response_uri": answer_address(asked),
        "nonce": asked.nonce,
        "dcql_query": query_of(asked),
        "client_metadata": {
            "client_name": asked.relying_party.name_en,
            "client_name#th": asked.relying_party.name_th,
            "vp_formats_supported": FORMATS,
        },
    }
    header = {"alg": "ES256", "typ": REQUEST_TYPE, "kid": key_id}
    return jws.serialize_compact(header, json.dumps(said).encode(), key, algorithms=["ES256"])


def query_of(asked: PresentationRequest) -> dict:
    """The DCQL query (section 6): all of the claims, or at least the needed ones."""
    credential = {
        "id": QUERY,
        "format": TYPE,
        "meta": {"vct_values": [CREDENTIAL_TYPE]},
        "claims": [{"id": name, "path": _path(name)} for name in asked.claims],
    }
    if asked.needed_claims != asked.claims:
        credential["claim_sets"] = [asked.claims, asked.needed_claims or asked.claims[:1]]
    return {"credentials": [credential]}


def _path(name: str) -> list[str]:
    age = name.removeprefix(AGE_PREFIX)
    return [name] if age == name else [AGES, age]


def _address(view: str, asked: PresentationRequest) -> str:
    return portal_address() + reverse(f"relying_parties:{view}", args=[asked.pk])
