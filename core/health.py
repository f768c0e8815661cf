"""`live`: the process answers. `ready`: it can do its work."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis import Redis
from redis.exceptions import RedisError

from core.upkeep.heartbeat import work_is_done


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"live": True})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """503 without the database. Without Redis, and while no work is done by itself, the portal
    still takes registrations, and says so.
    """
    database = _database_answers()
    checks = {
        "database": database,
        "redis": _redis_answers(),
        "work": database and work_is_done(),
    }
    return JsonResponse(checks, status=200 if checks["database"] else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


@cache
def _redis() -> Redis:
    """One client a process, whose connections are used again; it connects anew after a loss."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def _redis_answers() -> bool:
    try:
        return bool(_redis().ping())
    except (RedisError, ValueError):
        return False
