from relying_parties.models.clients import (
    AccessToken,
    AuthMethod,
    AuthorizationCode,
    Grant,
    RelyingParty,
    check_redirect_address,
)
from relying_parties.models.presentations import Outcome, PresentationRequest
from relying_parties.models.wallets import WalletCredential, WalletOffer

__all__ = [
    "AccessToken", "AuthMethod", "AuthorizationCode", "Grant", "Outcome", "PresentationRequest",
    "RelyingParty", "WalletCredential", "WalletOffer", "check_redirect_address",
]  # fmt: skip
