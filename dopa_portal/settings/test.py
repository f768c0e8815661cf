"""The development settings with keys and a secret that are the same in every run."""

import json
import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SECRET_KEY", "only-for-tests")
os.environ.setdefault(
    "DOPA_KEYRING",
    json.dumps(
        {
            purpose: {"current": "t1", "keys": {"t1": f"{number:02x}" * 32}}
            for number, purpose in enumerate(("data", "lookup", "faces", "audit", "issuer"), 1)
        }
    ),
)

from dopa_portal.settings.development import *  # noqa: F403 - must see the keys above
from dopa_portal.settings.development import STORAGES

_scratch = Path(tempfile.mkdtemp(prefix="dopa-test-"))
STORAGES = STORAGES | {
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _scratch / "evidence", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
