"""The OpenID Connect provider: authlib judges the protocol, the portal keeps what it decides.

Code flow only, PKCE with S256 always. ID tokens are signed by the issuer's current key.
"""

import datetime
import uuid
from collections.abc import Iterable

from authlib.common.urls import add_params_to_uri
from authlib.integrations.django_oauth2 import AuthorizationServer as DjangoServer
from authlib.integrations.django_oauth2 import ResourceProtector
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload, DjangoOAuth2Request
from authlib.oauth2.base import OAuth2Error, invalid_error_characters
from authlib.oauth2.rfc6749 import InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import BaseGrant
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oidc.core.grants import OpenIDCode
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from core.address import portal_address
from core.guard import once
from core.hostile import read_or
from core.typing import Json
from identity.credential.keys import current_key
from identity.models import DigitalID
from relying_parties.code_grant import CodeGrant, S256Only
from relying_parties.models import AccessToken, Grant, RelyingParty
from relying_parties.secrets import hash_of, new_secret
from relying_parties.wallets.grant import PreAuthorizedGrant

TOKEN_SECONDS = ID_TOKEN_SECONDS = 10 * 60
ASSERTION_KEPT = datetime.timedelta(hours=2)
LONGEST_ASSERTION_SECONDS = 3660  # an hour is what client libraries take, and a minute of clock
ECHOED = ("client_id", "redirect_uri", "response_type", "grant_type")  # in authlib's error texts


class IDToken(OpenIDCode):
    def exists_nonce(self, nonce: str, _request: object) -> bool:
        """Never: a nonce is for the relying party to compare; codes themselves work once."""
        return False

    def resolve_client_private_key(self, _client: RelyingParty) -> ECKey:
        return current_key()[1]

    def get_client_algorithm(self, _client: RelyingParty) -> str:
        return "ES256"

    def get_encode_header(self, _client: RelyingParty) -> Json:
        return {"alg": "ES256", "typ": "JWT", "kid": current_key()[0]}

    def get_client_claims(self, client: RelyingParty) -> Json:
        now = int(timezone.now().timestamp())
        return {
            "iss": portal_address(),
            "aud": client.get_client_id(),
            "iat": now,
            "exp": now + ID_TOKEN_SECONDS,
        }

    def generate_user_info(self, user: Grant, _scope: str) -> Json:
        return {"sub": user.subject}


class Query(DjangoOAuth2Payload):
    """A request for a sign-in is what its address says, also where a form of ours is posted."""

    @cached_property
    def data(self) -> dict[str, str]:
        said: dict[str, str] = self._request.GET.dict()
        return said

    @cached_property
    def datalist(self) -> dict[str, list[str]]:
        return dict(self._request.GET.lists())


class PrivateKeyJWT(JWTBearerClientAssertion):
    """RFC 7523: the client signs with a key that only it holds."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def get_audiences(self) -> list[str]:
        return [portal_address() + reverse("relying_parties:token"), portal_address()]

    def validate_jti(self, claims: Json, jti: object) -> bool:
        """First use only; one that lives longer than it is remembered is refused."""
        if not (isinstance(jti, str) and jti.isascii()):
            raise InvalidClientError(description="jti holds a character that cannot be in it.")
        if claims["exp"] - timezone.now().timestamp() > LONGEST_ASSERTION_SECONDS:
            raise InvalidClientError(description="The assertion lives too long.")
        return once.claim("assertion", f"{claims['sub']} {jti}", keep=ASSERTION_KEPT)

    def resolve_client_public_key(self, client: RelyingParty) -> KeySet:
        if client.jwks is None:
            raise InvalidClientError(description="The client has no key here.")
        with read_or(InvalidClientError(description="The client has no key here.")):
            return KeySet.import_key_set(client.jwks)

    def process_assertion_claims(self, assertion: str, resolve_key: KeySet) -> Json:
        """authlib quotes the assertion in its error's text, which not every letter may be in."""
        with read_or(InvalidClientError(description="No assertion that the client's key signed.")):
            claims: Json = jwt.decode(assertion, resolve_key).claims
        self.verify_claims(claims)
        return claims


class Server(DjangoServer):
    def __init__(self) -> None:
        super().__init__(RelyingParty, AccessToken)
        self.register_grant(CodeGrant, [S256Only(required=True), IDToken()])
        self.register_grant(PreAuthorizedGrant)
        self.register_client_auth_method("private_key_jwt", PrivateKeyJWT())

    def load_config(self, config: Json) -> None:
        super().load_config(
            config
            | {
                "access_token_generator": lambda **_about: new_secret(),
                "token_expires_in": {"authorization_code": TOKEN_SECONDS},
            }
        )

    def query_client(self, client_id: str) -> RelyingParty | None:
        try:
            key = uuid.UUID(client_id)
        except ValueError:
            return None
        return RelyingParty.objects.filter(pk=key, enabled=True).first()

    def get_consent_grant(self, request: HttpRequest, end_user: DigitalID | None) -> BaseGrant:
        asked = self.create_oauth2_request(request)
        asked.payload = Query(request)
        return super().get_consent_grant(asked, end_user)

    def create_oauth2_request(
        self, request: HttpRequest | DjangoOAuth2Request
    ) -> DjangoOAuth2Request:
        """authlib quotes some fields in its error texts, which hold ASCII without quotes only, and
        takes every Authorization for a well-formed one.
        """
        if isinstance(request, DjangoOAuth2Request):
            return request
        refusal = InvalidClientError("Authorization is no Basic credentials.", status_code=401)
        with read_or(refusal):
            extract_basic_authorization(request.headers)
        for name in ECHOED:
            for value in (request.GET.get(name, ""), request.POST.get(name, "")):
                if invalid_error_characters(value):
                    raise InvalidRequestError(f"{name} holds a character that cannot be in it.")
        return super().create_oauth2_request(request)

    def save_token(self, token: Json, request: DjangoOAuth2Request) -> None:
        AccessToken.objects.create(
            token_hash=hash_of(token["access_token"]),
            code=request.authorization_code,
            expires_at=timezone.now() + datetime.timedelta(seconds=TOKEN_SECONDS),
        )

    def handle_response(
        self, status_code: int, payload: Json | str, headers: Iterable[tuple[str, str]]
    ) -> HttpResponse:
        """A redirection names its issuer, against mix-up (RFC 9207)."""
        named = [
            (name, add_params_to_uri(value, {"iss": portal_address()}))
            if name == "Location"
            else (name, value)
            for name, value in headers
        ]
        response: HttpResponse = super().handle_response(status_code, payload, named)
        return response


def oauth_refusal(error: OAuth2Error) -> HttpResponse:
    """What a service is told of its request's fault: JSON, as RFC 6749, 5.2, has it."""
    answer: HttpResponse = server.handle_error_response(None, error)
    answer.headers.setdefault("Content-Type", "application/json")
    return answer


class HashedTokens(BearerTokenValidator):
    def authenticate_token(self, token_string: str) -> AccessToken | None:
        known = AccessToken.objects.select_related("code__grant__relying_party")
        return known.filter(token_hash=hash_of(token_string)).first()


server = Server()
tokens = ResourceProtector()
tokens.register_token_validator(HashedTokens())
