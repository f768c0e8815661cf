"""`id_token_hint`: an ID token of ours, by which a service says whom it means."""

import time

from django.conf import settings
from joserfc.jwk import KeySet

from core.address import portal_address
from core.signed_tokens import Unreadable, verified
from identity.credential.keys import public_keys
from relying_parties.models import RelyingParty

LONGEST = 4_000
KIND = "JWT"  # the issuer's key signs credentials and requests as well: they name other types


def subject_named_by(hint: str, client: RelyingParty) -> str | None:
    """The subject of an ID token that the portal gave this client; None if it is none.

    Services keep ID tokens beyond their ten minutes to renew a sign-in silently: settings say for
    how long. A key that has left the ring vouches for nothing any more.
    """
    ours = KeySet.import_key_set(public_keys())
    if len(hint) > LONGEST:
        return None
    try:
        said = verified(hint, ours, kind=KIND)
    except Unreadable:
        return None
    if said.get("iss") != portal_address():
        return None
    meant, ended, subject = said.get("aud"), said.get("exp"), said.get("sub")
    if client.get_client_id() not in (meant if isinstance(meant, list) else [meant]):
        return None
    kept_for = settings.HINT_COUNTS_FOR.total_seconds()
    if type(ended) is not int or ended + kept_for < time.time():
        return None
    return subject if isinstance(subject, str) else None
