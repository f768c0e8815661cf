"""The token endpoint's part for wallets."""

from authlib.oauth2.rfc6749 import InvalidGrantError
from authlib.oauth2.rfc6749.grants import BaseGrant, TokenEndpointMixin

from core.typing import Json
from relying_parties.wallets.offers import GRANT_TYPE, TOKEN_LIVES, OfferRefused, take_offer


class PreAuthorizedGrant(BaseGrant, TokenEndpointMixin):
    """OpenID4VCI 1.0, section 6: a wallet, which is nobody's client, with the holder's PIN."""

    GRANT_TYPE = GRANT_TYPE

    def validate_token_request(self) -> None:
        form = self.request.form
        try:
            self.token = take_offer(form.get("pre-authorized_code", ""), form.get("tx_code", ""))
        except OfferRefused as error:
            raise InvalidGrantError from error

    def create_token_response(self) -> tuple[int, Json, list[tuple[str, str]]]:
        seconds = int(TOKEN_LIVES.total_seconds())
        told = {"access_token": self.token, "token_type": "Bearer", "expires_in": seconds}
        return 200, told, self.TOKEN_RESPONSE_HEADER
