"""The Celery application: `celery -A dopa_portal.celery worker -Q verification,default`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dopa_portal.settings.base")
app = Celery("dopa_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
