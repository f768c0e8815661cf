"""The test settings for the whole portal beside the tests: its static files are collected, named
by their content and served as in production.
"""

import os

from devstack.settings import development
from devstack.settings.test import *  # noqa: F403 - all but what follows

STORAGES = development.STORAGES
# A passkey belongs to a name, and the address of a test is none.
PASSKEY_ADDRESS = os.environ.get("PORTAL_ADDRESS", "").replace("127.0.0.1", "localhost")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False

SCREEN_COLOURS = "shadow"  # for whoever has not asked for less movement
