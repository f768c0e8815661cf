"""The code flow's own rules: a request is judged whole, and a code is made in one place."""

import datetime
from dataclasses import dataclass

from authlib.integrations.django_oauth2.requests import DjangoOAuth2Request
from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.errors import (
    LoginRequiredError,
    RequestNotSupportedError,
    RequestURINotSupportedError,
)
from django.utils import timezone

from relying_parties.demands import Demands, demands_of
from relying_parties.models import AuthorizationCode, Grant, RelyingParty
from relying_parties.secrets import hash_of
from relying_parties.services import note_sign_in, stop_tokens

CODE_LIVES = datetime.timedelta(minutes=1)
AUTH_METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
LONGEST_NONCE = 500


@dataclass(frozen=True)
class Agreement:
    """What an authorization code will stand for: a grant, this sign-in's claims, and its time."""

    grant: Grant
    claims: list[str]
    signed_in_at: int
    assurance: str


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = AUTH_METHODS

    demands: Demands

    def validate_authorization_request(self) -> str:
        address: str = super().validate_authorization_request()
        asked = self.request.payload.data
        if any(len(values) > 1 for values in self.request.payload.datalist.values()):
            raise InvalidRequestError("A parameter stands there twice.", redirect_uri=address)
        if "request" in asked:
            raise RequestNotSupportedError(redirect_uri=address)
        if "request_uri" in asked:
            raise RequestURINotSupportedError(redirect_uri=address)
        if asked.get("response_mode", "query") != "query":
            raise InvalidRequestError("Only the query response mode.", redirect_uri=address)
        nonce = asked.get("nonce", "")
        if len(nonce) > LONGEST_NONCE:
            raise InvalidRequestError("The nonce cannot be kept.", redirect_uri=address)
        self.demands = demands_of(asked, self.request.client, redirect_uri=address)
        if self.demands.silent and not self.request.user:
            raise LoginRequiredError(redirect_uri=address)
        return address

    def create_authorization_response(
        self, redirect_uri: str, grant_user: Agreement | None
    ) -> tuple[int, str, list[tuple[str, str]]]:
        """The one place that makes codes: none for somebody the request does not mean."""
        if grant_user:
            unmet = self.demands.unmet_by(
                subject=grant_user.grant.subject, assurance=grant_user.assurance
            )
            if unmet:
                raise unmet(redirect_uri=redirect_uri)
        answer: tuple[int, str, list[tuple[str, str]]]
        answer = super().create_authorization_response(redirect_uri, grant_user)
        return answer

    def save_authorization_code(self, code: str, request: DjangoOAuth2Request) -> None:
        agreement, asked = request.user, request.payload.data
        AuthorizationCode.objects.create(
            code_hash=hash_of(code),
            grant=agreement.grant,
            redirect_uri=request.payload.redirect_uri,
            scope=request.scope,
            claims=agreement.claims,
            nonce=asked.get("nonce", ""),
            code_challenge=asked["code_challenge"],
            assurance=agreement.assurance,
            signed_in_at=agreement.signed_in_at,
            expires_at=timezone.now() + CODE_LIVES,
        )

    def query_authorization_code(self, code: str, client: RelyingParty) -> AuthorizationCode | None:
        """The code if it is this client's, fresh and unused. The row stays locked, so that of two
        requests one comes second; that one stops the tokens of the first.
        """
        found = (
            AuthorizationCode.objects.select_for_update()
            .filter(code_hash=hash_of(code), grant__relying_party=client)
            .first()
        )
        if found is None:
            return None
        if found.used_at is not None:
            stop_tokens(found)
            return None
        return found if found.expires_at > timezone.now() else None

    def authenticate_user(self, authorization_code: AuthorizationCode) -> Grant | None:
        grant = authorization_code.grant
        return grant if grant.digital_id() else None

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        holder = authorization_code.grant.digital_id()
        if holder is None:
            raise InvalidGrantError  # it was stopped a moment ago
        note_sign_in(authorization_code, holder)


class S256Only(CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("A code_challenge by S256 is needed.")
        super().validate_code_challenge(grant, redirect_uri)
