"""The Celery application: `celery -A dopa_portal.celery worker -Q verification,default`."""

import os
import resource

from celery import Celery
from celery.signals import heartbeat_sent, setup_logging, worker_process_init
from django.conf import settings

from core.worker_heartbeats import leave_signs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dopa_portal.settings.base")
app = Celery("dopa_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logs(**_: object) -> None:
    """Somebody who answers this signal keeps Celery from setting up logs of its own kind."""


@worker_process_init.connect
def bound_memory(**_: object) -> None:
    """A picture that asks for more fails its own job; it does not take the machine down."""
    limit = settings.WORKER_MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


@heartbeat_sent.connect
def say_which_queues_are_worked(**_: object) -> None:
    leave_signs(app.amqp.queues.consume_from)
