"""The development settings with the quotas as they are shipped, for whoever floods the portal from
addresses of their own (devstack.storm.flood).
"""

from devstack.settings.development import *  # noqa: F403 - all but what follows
from dopa_portal.settings import policy

JOBS_A_SECOND = policy.JOBS_A_SECOND
BEGUN_AT_MOST_OF_NETWORK = policy.BEGUN_AT_MOST_OF_NETWORK
LINE_MODE = "off"  # what has begun is flooded, not the start
