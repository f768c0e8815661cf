"""Whom to tell about a weakness of the portal, for /.well-known/security.txt."""

import os

from dopa_portal.settings.environment import names

SECURITY_CONTACTS = names("SECURITY_CONTACTS")
SECURITY_EXPIRES = os.environ.get("SECURITY_EXPIRES", "")  # 2027-06-30: somebody reads until then
SECURITY_LANGUAGES = names("SECURITY_LANGUAGES", "th,en")
