"""Counts in Redis, atomically, for pages and API alike. Without Redis nobody is kept out.

What must never be guessed (a password, a one-time code) is counted in the database as well; these
limits keep the load and the curiosity down.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core.origin import client_address, origin_of
from core.typing import Page

# The counters that the request which is being answered went into, and by how much.
_counted: ContextVar[list[tuple[str, int]] | None] = ContextVar("counted", default=None)


class TooMany(PermissionDenied):
    """The limit is reached; the 403 handler answers 429 for it. `wait`: seconds until it is not."""

    def __init__(self, *, wait: int):
        super().__init__(f"again in {wait} seconds")
        self.wait = wait


class Crowded(TooMany):
    """The same where more comes than can be served just now, of this caller or in all."""


@contextmanager
def counting() -> Iterator[None]:
    """Around a request, so that `give_back` knows what it was counted for."""
    token = _counted.set([])
    try:
        yield
    finally:
        _counted.reset(token)


def allowed(scope: str, who: str, *, amount: int = 1) -> bool:
    """Count one more use of `scope` by `who` in the running window, or an amount of it; False when
    it is over the limit.
    """
    times, seconds = settings.RATE_LIMITS[scope]
    key = _counter(scope, who)
    cache.add(key, 0, timeout=seconds)
    if (counted := _counted.get()) is not None:
        counted.append((key, amount))
    try:
        return cache.incr(key, amount) <= times
    except ValueError:
        # The counter ran out between the two calls, or there is no Redis.
        return True


def give_back() -> None:
    """Uncount what this request was counted for: the portal itself could not answer it."""
    counted = _counted.get() or []
    while counted:
        with suppress(ValueError):  # it ran out meanwhile, or there is no Redis
            cache.decr(*counted.pop())


def _counter(scope: str, who: str) -> str:
    """The cache's key for the running window."""
    window = int(time.time() // settings.RATE_LIMITS[scope][1])
    return f"rate:{scope}:{window}:{hashlib.sha256(who.encode()).hexdigest()[:24]}"


def seconds_left(scope: str) -> int:
    """How long the running window of `scope` still lasts."""
    _, seconds = settings.RATE_LIMITS[scope]
    return int(seconds - time.time() % seconds) + 1


def limited(scope: str, *, per_citizen: bool = False) -> Callable[[Page], Page]:
    """Limit how often one address may POST to a page; `per_citizen`, how often one citizen may,
    once the browser's session names one: a mobile carrier has thousands behind an address.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            citizen = _citizen(request) if per_citizen else ""
            if request.method == "POST" and (over := _over(scope, request, citizen)):
                raise TooMany(wait=seconds_left(over))
            return view(request, *args, **kwargs)

        return counted

    return decorate


def _over(scope: str, request: HttpRequest, citizen: str) -> str:
    """Count one use, and name the limit that it is over. Whoever is limited as a citizen is limited
    as a network as well, by what many together may do: enrollments are made at will. It is named
    as core.origin names it, so that services count the same one.
    """
    network = origin_of(client_address(request))
    of_network = f"{scope}_of_network"
    counted = {scope: citizen or network}
    if citizen and of_network in settings.RATE_LIMITS:
        counted[of_network] = network
    return next((limit for limit, who in counted.items() if not allowed(limit, who)), "")


def _citizen(request: HttpRequest) -> str:
    """The digital ID or the enrollment of the session, or ""."""
    named = (request.session.get(name, "") for name in settings.CITIZEN_SESSION_KEYS)
    return next(filter(None, named), "")


class ScopedThrottle(BaseThrottle):
    """The same limits for the API: a view names its `throttle_scope`."""

    def allow_request(self, request: Request, view: View) -> bool:
        scope = getattr(view, "throttle_scope", None)
        if scope is None:
            return True
        self.scope = _over(scope, request, request.auth.pk.hex if request.auth else "")
        return not self.scope

    def wait(self) -> int:
        return seconds_left(self.scope)
