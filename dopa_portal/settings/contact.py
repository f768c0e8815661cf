"""Whom to tell about a weakness of the portal, for /.well-known/security.txt."""

import os

SECURITY_CONTACTS = [one for one in os.environ.get("SECURITY_CONTACTS", "").split(",") if one]
SECURITY_EXPIRES = os.environ.get("SECURITY_EXPIRES", "")  # 2027-06-30: somebody reads until then
SECURITY_LANGUAGES = [
    one for one in os.environ.get("SECURITY_LANGUAGES", "th,en").split(",") if one
]
