"""Redis as a hint. What does not come in time is as if it had never been kept, and after a failure
nobody asks for a moment, so that a Redis that hangs costs one short wait and no more.

Nothing that has to be known may be kept here: that is what core.guard is for.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as LostConnection
from redis.exceptions import RedisError
from redis.retry import Retry

from core.resting import Rest

logger = logging.getLogger(__name__)
T = TypeVar("T")
# Once more where a connection was kept that Redis has closed meanwhile; never after a wait.
OPTIONS = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "retry": Retry(NoBackoff(), 1, supported_errors=(LostConnection,)),
}
SETTINGS = {"BACKEND": "core.hint_cache.HintCache", "OPTIONS": OPTIONS}
rests: defaultdict[str, Rest] = defaultdict(lambda: Rest(2))  # of each server


def _hint(name: str, otherwise: Callable[[], Any]) -> Callable[..., Any]:
    """RedisCache's method, with the answer there is without Redis."""
    method = getattr(RedisCache, name)

    def asked(self: "HintCache", *args: Any, **kwargs: Any) -> Any:
        return self._asked(lambda: method(self, *args, **kwargs), otherwise=otherwise())

    return asked


class OneClient(RedisCacheClient):
    """Django's makes a client for each command, which costs more than the command itself."""

    @cached_property
    def _only(self) -> Redis:
        client: Redis = super().get_client(write=True)
        return client

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        return self._only


class HintCache(RedisCache):
    # Whoever asks whether it was there has to be told no.
    add = _hint("add", lambda: True)
    set = _hint("set", lambda: None)
    touch = _hint("touch", lambda: False)
    delete = _hint("delete", lambda: False)
    has_key = _hint("has_key", lambda: False)
    get_many = _hint("get_many", dict)
    set_many = _hint("set_many", list)

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient
        self.server = server

    def answers(self) -> bool:
        """Whether Redis is there now."""
        return self._asked(lambda: bool(self._cache.get_client().ping()), otherwise=False)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        get = super().get
        return self._asked(lambda: get(key, default, version), otherwise=default)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for what is not kept, as Django's caches do."""
        incr = super().incr
        counted = self._asked(lambda: incr(key, delta, version), otherwise=None)
        if counted is None:
            raise ValueError("not counted")
        return int(counted)

    def _asked(self, ask: Callable[[], T], *, otherwise: T) -> T:
        if rests[self.server].is_on:
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as error:
            rests[self.server].begin()
            logger.warning("Redis does not answer: %s", type(error).__name__)
            return otherwise


def redis_answers() -> bool:
    """Whether Redis is there now; at once, where it was not a moment ago."""
    backend = caches["default"]
    return isinstance(backend, HintCache) and backend.answers()
