"""Whether the process lives, and whether it can do its work."""

import pytest

from core import health
from core.upkeep.heartbeat import note_heartbeat

NO_REDIS = {"database": True, "redis": False, "work": False}


@pytest.mark.django_db
def test_ready_asks_database_and_redis_with_one_client(client):
    note_heartbeat()
    checks = {"database": True, "redis": True, "work": True}
    assert client.get("/health/ready/").json() == checks
    assert health._redis() is health._redis()


@pytest.mark.django_db
def test_without_redis_the_portal_is_ready_and_says_so(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    health._redis.cache_clear()
    answer = client.get("/health/ready/")
    health._redis.cache_clear()
    assert (answer.status_code, answer.json()) == (200, NO_REDIS)


@pytest.mark.django_db
def test_while_workers_are_silent_the_portal_is_ready_and_says_so(client):
    answer = client.get("/health/ready/")
    silent = {"database": True, "redis": True, "work": False}
    assert (answer.status_code, answer.json()) == (200, silent)
