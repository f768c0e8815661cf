"""`make run`: the production settings on embedded services, without TLS, with sample data."""

import os

from devstack.embedded import environment

environment.load()

from dopa_portal.settings.base import *  # noqa: E402, F403 - must see what was just loaded
from dopa_portal.settings.base import INSTALLED_APPS, STORAGES, VAR_DIR  # noqa: E402

ALLOWED_HOSTS = ["*"]
IS_SAMPLE = True
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS") or (
    f"http://localhost:{os.environ.get('PORT') or 8000}"
)
INSTALLED_APPS = [*INSTALLED_APPS, "devstack.demo"]
STORAGES = STORAGES | {
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "evidence", "base_url": None},
    },
}
SENDERS = dict.fromkeys(("email", "sms"), "core.sending.senders.FileSender")
if os.environ.get("DOPA_TLS") != "1":
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # browsers themselves allow no other than localhost
    SECURE_SSL_REDIRECT = False
    SECURE_HSTS_SECONDS = 0
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
