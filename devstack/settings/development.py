"""`make run`: the production settings on embedded services, without TLS, with sample data."""

import os

from devstack.embedded import environment

environment.load()

from devstack.demo.attesting import SAMPLE_APP  # noqa: E402
from dopa_portal.settings.base import *  # noqa: E402, F403 - must see what was just loaded
from dopa_portal.settings.base import (  # noqa: E402
    BASE_DIR,
    INSTALLED_APPS,
    STORAGES,
    TEMPLATES,
    VAR_DIR,
)

ALLOWED_HOSTS = ["*"]
PLAY_APPS = [SAMPLE_APP]
KNOWN_VIRTUAL_CAMERAS = frozenset({"sample camera"})
BROWSER_LOOK_SHARE = 0.0  # who tries the sample system sees what each story tells
IS_SAMPLE = True
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS") or (
    f"http://localhost:{os.environ.get('PORT') or 8000}"
)
INSTALLED_APPS = [*INSTALLED_APPS, "devstack.demo", "devstack.trying"]
ROOT_URLCONF = "devstack.trying.root_urls"
# Its base.html extends the portal's: that way, what is there for trying is on every page.
TEMPLATES = [
    engine
    | {
        "DIRS": [BASE_DIR / "devstack" / "trying" / "templates", *engine["DIRS"]],
        "OPTIONS": engine["OPTIONS"]
        | {
            "context_processors": [
                *engine["OPTIONS"]["context_processors"],
                "devstack.trying.choice.sample",
                "devstack.trying.stories.frame.in_story",
            ],
        },
    }
    for engine in TEMPLATES
]
BROTLI_QUALITY = int(os.environ.get("BROTLI_QUALITY", "9"))
STORAGES = STORAGES | {
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "evidence", "base_url": None},
    },
}
# Without TLS a browser takes no cookie whose name begins with __Host-.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
LANGUAGE_COOKIE_NAME, TICKET_COOKIE_NAME = "django_language", "ticket"
THEME_COOKIE_NAME = "theme"
STAFF_EMAIL_DOMAINS = frozenset({"sample.dopa", "example.org"})
SENDERS = dict.fromkeys(("email", "sms"), "core.sending.senders.FileSender")
if os.environ.get("DOPA_TLS") != "1":
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # browsers themselves allow no other than localhost
    SECURE_SSL_REDIRECT = False
    SECURE_HSTS_SECONDS = 0
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
# Whoever tries, seeds or measures here comes from one address.
JOBS_A_SECOND, BEGUN_AT_MOST_OF_NETWORK = 50.0, 1_000_000
