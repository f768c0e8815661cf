"""The test settings for the whole portal beside the tests: its static files are collected, named
by their content and served as in production.
"""

from devstack.settings import development
from devstack.settings.test import *  # noqa: F403 - all but what follows

STORAGES = development.STORAGES
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
