"""What Django and Celery are told; the rooms of the house are beside it."""

from dopa_portal.celery import app as celery_app

__all__ = ["celery_app"]
