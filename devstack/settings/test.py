"""The development settings with keys and a secret that are the same in every run."""

import json
import os
from datetime import timedelta

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

from devstack.settings.development import *  # noqa: F403 - must see the keys above
from devstack.settings.development import CACHES, REDIS_URL, STATIC_ROOT, STORAGES

# Tests empty the cache: those that run side by side must not empty each other's.
_side = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
CACHES = CACHES | {
    "default": CACHES["default"] | {"LOCATION": f"{REDIS_URL.removesuffix('/0')}/{int(_side) + 1}"},
}

# Evidence lies in DOPA_VAR_DIR as in development: web, worker and tests share one folder, which
# `python -m devstack.embedded exec --throwaway` makes and deletes.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS", "http://localhost")
LANGUAGE_CODE = "en"  # tests quote the sentences as the sources have them; browsers ask for Thai

KNOWN_VIRTUAL_CAMERAS = frozenset({"sample camera", "fake_device_0"})
SECOND_LOOK_SHARE = 0.0  # tests that are about the draw set it
LINE_MODE = "off"  # tests begin registrations by the hundred; those about the line turn it on
FIGURES_KEPT_FOR = timedelta(0)  # tests look again at once
