"""How jobs travel. The database is the truth and Redis a hint.

See docs/decisions/0004-jobs-that-survive.md.
"""

from celery.schedules import crontab

from dopa_portal.settings.environment import number

CELERY_TIMEZONE = "Asia/Bangkok"  # nights and mornings below are those of the people here
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 40
CELERY_TASK_TIME_LIMIT = 45
# A worker process at work takes 0.75 GiB, and 0.1 GiB more for each million faces it searches.
WORKER_MEMORY_BYTES = number("DOPA_WORKER_MEMORY_MIB", 3072) * 2**20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": True,
}
CELERY_TASK_PUBLISH_RETRY = False  # a request never waits for Redis: the sweeper sends again
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"core.outbox.tasks.run_job": {"queue": "verification"}}
# What takes long has workers of its own: nobody's registration waits behind it.
JOB_QUEUES = {
    "population.import": "imports",
    "pilot.import": "imports",
    "rollout.call": "imports",
    "population.follow": "imports",
    "identity.tell_many": "imports",
    "dashboards.summary": "imports",  # a slow mail server must not hold up the folds
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "core.upkeep.clock.SteadyScheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep the outbox": {"task": "core.outbox.tasks.sweep", "schedule": 5.0},
    "count events": {
        "task": "dashboards.tasks.fold_events",
        "schedule": 2.0,
        "options": {"expires": 2},
    },
    "count the eligible": {
        "task": "dashboards.tasks.renew_eligible",
        "schedule": crontab(hour=1, minute=20),
        "options": {"queue": "imports"},  # it takes minutes, and folds must not wait for it
    },
    "send reports": {"task": "dashboards.tasks.send_reports", "schedule": 300.0},
    "send summaries": {"task": "dashboards.tasks.send_summaries", "schedule": 300.0},
    "publish tree head": {"task": "audit.tasks.publish_tree_head", "schedule": 60.0},
    "note settings and keys": {"task": "audit.tasks.note_settings", "schedule": 300.0},
    "note unusual access": {"task": "audit.tasks.note_alerts", "schedule": 600.0},
    "make audit months": {"task": "audit.tasks.make_months", "schedule": crontab(hour=2, minute=5)},
    "return overdue cases": {
        "task": "registration.tasks.return_overdue_cases",
        "schedule": 15.0,
    },
    "set the line's speed": {
        "task": "rollout.tasks.set_the_lines_speed",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "keep house": {
        "task": "core.tasks.keep_house",
        "schedule": 60.0,
        "options": {"queue": "imports", "expires": 60},  # folds must not wait for it either
    },
}
