"""The production settings behind a proxy that speaks TLS, on embedded services, with the pictures
on a disk: for measuring what is served (devstack.bench.web_cpu), without what is there for trying.
"""

from datetime import timedelta

from devstack.embedded import environment

environment.load()

from dopa_portal.settings.base import *  # noqa: E402, F403 - must see what was just loaded
from dopa_portal.settings.base import RATE_LIMITS, STORAGES, VAR_DIR  # noqa: E402

ALLOWED_HOSTS = ["localhost", "testserver"]
BROTLI_QUALITY = 1
STORAGES = STORAGES | {
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "evidence", "base_url": None},
    },
}
# Whoever measures comes from one address, and nobody does the jobs.
RATE_LIMITS = {scope: (10**12, seconds) for scope, (_times, seconds) in RATE_LIMITS.items()}
CHALLENGE_VALID_FOR = timedelta(hours=2)  # made before all are served
JOBS_A_SECOND, BEGUN_AT_MOST_OF_NETWORK = 1_000_000.0, 1_000_000
