"""What the issuer tells wallets of itself (OpenID4VCI 1.0, section 12; RFC 8414)."""

from django.urls import reverse

from core.address import portal_address
from identity.credential.sd_jwt import CREDENTIAL_TYPE, TYPE
from relying_parties.wallets.offers import CONFIGURATION, GRANT_TYPE

CLAIMS = {
    "name": ("ชื่อ", "Name in Thai"),
    "name_en": ("ชื่อภาษาอังกฤษ", "Name in English"),
    "birthdate": ("วันเกิด", "Date of birth"),
    "masked_number": ("เลขประจำตัวประชาชน (ปิดบางหลัก)", "ID number, masked"),
    "date_of_expiry": ("วันหมดอายุ", "Date of expiry"),
}
NAMES = ("ดิจิทัลไอดี กรมการปกครอง", "D.DOPA digital ID")


def of_issuer() -> dict:
    """The document at /.well-known/openid-credential-issuer."""
    address = portal_address()
    return {
        "credential_issuer": address,
        "credential_endpoint": address + reverse("relying_parties:credential"),
        "nonce_endpoint": address + reverse("relying_parties:nonce"),
        "display": _display(("กรมการปกครอง", "Department of Provincial Administration")),
        "credential_configurations_supported": {
            CONFIGURATION: {
                "format": TYPE,
                "vct": CREDENTIAL_TYPE,
                "cryptographic_binding_methods_supported": ["jwk"],
                "credential_signing_alg_values_supported": ["ES256"],
                "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}},
                "credential_metadata": {
                    "display": _display(NAMES),
                    "claims": [
                        {"path": [name], "display": _display(words)}
                        for name, words in CLAIMS.items()
                    ],
                },
            }
        },
    }


def of_server() -> dict:
    """The document at /.well-known/oauth-authorization-server: the same token address serves
    services and wallets.
    """
    address = portal_address()
    return {
        "issuer": address,
        "authorization_endpoint": address + reverse("relying_parties:authorize"),
        "token_endpoint": address + reverse("relying_parties:token"),
        "jwks_uri": address + reverse("identity:issuer_keys"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", GRANT_TYPE],
        "code_challenge_methods_supported": ["S256"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def _display(words: tuple[str, str]) -> list[dict]:
    thai, english = words
    return [{"name": thai, "locale": "th-TH"}, {"name": english, "locale": "en-US"}]
