"""ID tokens as hints: kept by a service, and written by somebody else with somebody else's code."""

import json
import time

from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT

from identity.credential.keys import current_key
from tests.relying_parties.conftest import HOST
from tests.relying_parties.flow import signed_in


def kept_from(browser, service) -> str:
    """The ID token of a sign-in, as the service keeps it."""
    return signed_in(browser, service)[0]["id_token"]


def portal_key() -> JWK:
    """The key of the portal itself: whatever else is wrong with a token, its signature is right."""
    return JWK(**current_key()[1].as_dict(private=True))


def said_by(subject: str, service, **changes) -> dict:
    now = int(time.time())
    own = {"iss": HOST, "aud": str(service.pk), "sub": subject, "iat": now, "exp": now + 600}
    return {name: value for name, value in (own | changes).items() if value is not None}


def written(claims: dict, *, key: JWK | None = None, **header) -> str:
    """A token of these claims, by the portal's key unless another is given."""
    key = key or portal_key()
    header = {"alg": "ES256", "typ": "JWT", "kid": current_key()[0]} | header
    token = JWT(header=json.dumps(header), claims=json.dumps(claims))
    token.make_signed_token(key)
    return token.serialize()
