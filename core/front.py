"""gunicorn's worker with waitress at its door: one loop holds all connections and reads whole
requests, to disk where they are large, and only then a thread answers. Whoever sends slowly takes
a socket and no thread (docs/decisions/0027-slow-clients-hold-no-thread.md).

gunicorn keeps the processes: starts, restarts, `max_requests`, `timeout`, signals.
"""

import os
import resource
import time
from collections.abc import Iterable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from core.held_back import HOLD_BACK
from core.lanes import TURNED_AWAY, LanesDispatcher
from core.origin import network_behind

HEAD_WITHIN, BODY_WITHIN = 15.0, 300.0  # seconds: 12 MB at 400 kbit/s take 240
IDLE_FOR = 75  # longer than a proxy keeps a connection that it may use again
IN_MEMORY, LARGEST_BODY = 2**16, 26 * 2**20
AT_ONCE = 2**16  # bytes read: by 8 kB, a picture goes round the loop a hundred times
ELSE_OPEN = 200  # files besides clients: database, Redis, requests on disk
LOOK_EVERY = 1.0


class BufferingWorker(Worker):
    """`threads` answer, `worker_connections` are held."""

    dispatcher_class = LanesDispatcher

    def run(self) -> None:
        """Until it is asked to stop, its parent is gone or it has answered `max_requests`."""
        self.open: dict[int, Any] = {}
        self.since: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
        self.looked_at = 0.0
        self.dispatcher = self.dispatcher_class()
        self.dispatcher.set_thread_count(self.cfg.threads)
        server = create_server(
            self._answer, map=self.open, sockets=[one.sock for one in self.sockets],
            _dispatcher=self.dispatcher, connection_limit=self._most(), channel_timeout=IDLE_FOR,
            max_request_body_size=LARGEST_BODY, clear_untrusted_proxy_headers=False, ident=None,
            inbuf_overflow=IN_MEMORY, recv_bytes=AT_ONCE, asyncore_use_poll=True,
            log_socket_errors=False,
        )  # fmt: skip
        while self.alive and self.ppid == os.getppid():
            self._turn()
        self._finish()
        server.task_dispatcher.shutdown(timeout=1)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        environ[TURNED_AWAY] = self.dispatcher.queue.turned_away
        environ[HOLD_BACK] = partial(self._hold_back, environ)
        answer: Iterable[bytes] = self.wsgi(environ, start_response)
        return answer

    def _hold_back(self, environ: dict[str, Any], seconds: float) -> None:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        network = network_behind(forwarded, peer=environ["REMOTE_ADDR"])
        self.dispatcher.held_back.hold_back(network, seconds)

    def _most(self) -> int:
        """As many connections as were asked for and there are file descriptors for."""
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        asked = int(self.cfg.worker_connections)
        return asked if hard == resource.RLIM_INFINITY else min(asked, hard - ELSE_OPEN)

    def _turn(self) -> None:
        self.notify()
        wasyncore.loop(timeout=LOOK_EVERY, use_poll=True, map=self.open, count=1)
        self.dispatcher.release()
        now = time.monotonic()
        if now - self.looked_at > LOOK_EVERY:
            self.looked_at = now
            self._end_what_takes_too_long(now)

    def _channels(self) -> list[HTTPChannel]:
        return [one for one in self.open.values() if isinstance(one, HTTPChannel)]

    def _end_what_takes_too_long(self, now: float) -> None:
        for channel in self._channels():
            request = channel.request  # what has not come whole yet
            if request is not None:
                within = BODY_WITHIN if request.headers_finished else HEAD_WITHIN
                channel.will_close |= now - self.since.setdefault(request, now) > within

    def _finish(self) -> None:
        """Take nobody new, and let those whose request has begun have their answer."""
        for one in list(self.open.values()):
            if one.accepting:
                one.del_channel()
        self.dispatcher.release(at_once=True)
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(map(_is_busy, self._channels())):
            self.notify()
            wasyncore.loop(timeout=0.1, use_poll=True, map=self.open, count=1)


def _is_busy(channel: HTTPChannel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len or channel.request)
