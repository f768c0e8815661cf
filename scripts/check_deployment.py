"""Django's own checks of the production settings, with keys and names made up for the occasion."""

import json
import os
import secrets
import subprocess
import sys

from core.keyring import new_keyring

MADE_UP = {
    "DJANGO_SETTINGS_MODULE": "dopa_portal.settings.base",
    "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
    "DOPA_KEYRING": json.dumps(new_keyring()),
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_ADDRESS": "https://portal.example",
    "TRUSTED_ORIGINS": "https://portal.example",
    "EVIDENCE_BUCKET": "evidence",
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up",
}

if __name__ == "__main__":
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.call(command, env=os.environ | MADE_UP))
