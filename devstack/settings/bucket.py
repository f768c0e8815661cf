"""The development settings with pictures in a bucket, as in production, and heads that are signed
as often as in the other drills (devstack.drill.portal).
"""

from devstack.settings.development import *  # noqa: F403 - all but what follows
from devstack.settings.development import CELERY_BEAT_SCHEDULE, STORAGES
from dopa_portal.settings import base

STORAGES = STORAGES | {"evidence": base.STORAGES["evidence"]}
CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    "publish tree head": {"task": "audit.tasks.publish_tree_head", "schedule": 1.0}
}
