"""The apps whose pictures are believed, because Play or Apple vouches for them
(verification.attestation).
"""

import os
from pathlib import Path
from typing import Any

from dopa_portal.settings.environment import names

APP_ATTEST_APPS = [
    {"app_id": app_id, "root": Path(os.environ.get("APP_ATTEST_ROOT", "")).read_text()}
    for app_id in names("APP_ATTEST_IDS")
]
PLAY_APPS: list[dict[str, Any]] = [
    {
        "package": package,
        "certificates": frozenset(names("PLAY_CERTIFICATES")),
        "decryption_key": os.environ.get("PLAY_DECRYPTION_KEY", ""),
        "verification_key": os.environ.get("PLAY_VERIFICATION_KEY", ""),
    }
    for package in names("PLAY_PACKAGE")
]
