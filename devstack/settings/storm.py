"""The development settings for a campaign of kills (devstack.storm): a few people play a day's
crowd from one address, and chance draws nobody for an officer.
"""

from devstack.settings.development import *  # noqa: F403 - all but what follows
from devstack.settings.development import RATE_LIMITS

RATE_LIMITS = {scope: (10**12, seconds) for scope, (_times, seconds) in RATE_LIMITS.items()}
MAX_CHALLENGE_DRAWS = 10_000
MAX_SELFIE_ATTEMPTS = 100
SECOND_LOOK_SHARE = 0.0
