"""deploy/Caddyfile, run by Caddy: what a proxy in front has to do, it does."""

import json
import socket
import time
from collections.abc import Iterator

import pytest

from tests.core.served import proxied, serving
from tests.core.test_front import ask


@pytest.fixture(scope="module")
def proxy() -> Iterator[int]:
    with serving() as (_process, port), proxied(port) as own:
        yield own


def test_what_a_client_says_of_its_own_address_is_dropped(proxy):
    answer, body = ask(proxy, X_Forwarded_For="192.0.2.7", X_Forwarded_Proto="https")
    told = json.loads(body)
    assert [answer.status, told["FOR"], told["PROTO"]] == [200, "127.0.0.1", "http"]
    assert [answer.headers["Server"], answer.headers["Via"]] == [None, None]


def test_a_body_beyond_the_limit_is_refused(proxy):
    assert ask(proxy, bytes(25_500_000))[0].status == 413


def test_a_head_that_does_not_come_is_not_waited_for(proxy):
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", proxy), timeout=30) as line:
        line.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        line.recv(1000)
    assert time.monotonic() - began < 20  # the file says 10
