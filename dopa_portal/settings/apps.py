"""The apps whose pictures are believed: Play vouches for them (verification.attestation)."""

import os
from typing import Any

from dopa_portal.settings.environment import names

TRUSTED_APPS: list[dict[str, Any]] = [
    {
        "package": package,
        "certificates": frozenset(names("PLAY_CERTIFICATES")),
        "decryption_key": os.environ.get("PLAY_DECRYPTION_KEY", ""),
        "verification_key": os.environ.get("PLAY_VERIFICATION_KEY", ""),
    }
    for package in names("PLAY_PACKAGE")
]
