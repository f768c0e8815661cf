"""The web server's worker: slow clients hold no thread, and nothing of a request is lost."""

import hashlib
import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse

import pytest

from devstack.bench.slow import SlowCrowd
from tests.core.served import serving


def ask(port: int, body: bytes = b"", **headers: str) -> tuple[HTTPResponse, bytes]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("POST", "/", body, sent)
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as (_process, port):
        yield port


def test_two_hundred_slow_connections_hold_no_thread(port):
    crowd = SlowCrowd(port, 200)
    crowd.start()
    deadline = time.monotonic() + 30
    while crowd.open < crowd.count and time.monotonic() < deadline:
        time.sleep(0.1)
    held = crowd.open
    answers = [ask(port)[0].status for _ in range(20)]
    crowd.stop()
    assert [held, answers] == [200, [200] * 20]


def test_a_large_body_arrives_whole_and_a_larger_one_is_refused(port):
    body = bytes(range(256)) * 4 * 10_000
    assert json.loads(ask(port, body)[1])["sha256"] == hashlib.sha256(body).hexdigest()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        assert line.recv(100) == b""


def test_the_answer_does_not_say_who_serves(port):
    answer, _ = ask(port)
    assert [answer.status, answer.headers["Server"], answer.headers["Via"]] == [200, None, None]


def test_what_the_proxy_says_of_the_client_reaches_the_portal(port):
    told = json.loads(ask(port, X_Forwarded_For="192.0.2.7", X_Forwarded_Proto="https")[1])
    assert [told["FOR"], told["PROTO"]] == ["192.0.2.7", "https"]


LARGE = bytes(2**17)


def asked(port: int, body: bytes = LARGE, **headers: str) -> float:
    """Seconds until the answer."""
    began = time.monotonic()
    assert ask(port, body, **headers)[0].status == 200
    return time.monotonic() - began


def test_pictures_of_whoever_was_told_to_wait_are_answered_later_and_no_thread_waits(port):
    ask(port, X_Hold_Back="3")
    with ThreadPoolExecutor(24) as crowd:
        held = [crowd.submit(asked, port) for _ in range(20)]  # more than there are threads
        time.sleep(0.5)
        assert asked(port, b"small") < 1
        assert min(one.result() for one in held) > 1.5
    time.sleep(1)
    assert asked(port) < 1


def test_a_neighbour_behind_the_same_proxy_is_answered_at_once():
    with serving(TRUSTED_PROXIES="1") as (_process, port):
        ask(port, X_Hold_Back="5", X_Forwarded_For="192.0.2.7")
        assert asked(port, X_Forwarded_For="192.0.2.8") < 1
        assert asked(port, X_Forwarded_For="192.0.2.8, 192.0.2.7") > 1.5
        assert asked(port, X_Forwarded_For="192.0.2.7, 192.0.2.8") < 1  # a name of its own making
        ask(port, X_Hold_Back="5", X_Forwarded_For="2001:db8:0:1::7")
        assert asked(port, X_Forwarded_For="2001:db8:0:2::8") > 1.5  # of the same subscriber


def test_whoever_is_held_back_is_answered_when_it_stops():
    with serving() as (process, port):
        answers: list[int] = []
        ask(port, X_Hold_Back="60")
        visit = threading.Thread(target=lambda: answers.append(ask(port, LARGE)[0].status))
        visit.start()
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        visit.join(20)
        assert [answers, process.wait(20)] == [[200], 0]


def test_whoever_is_being_answered_is_answered_when_it_stops():
    with serving() as (process, port):
        answers: list[int] = []
        visit = threading.Thread(target=lambda: answers.append(ask(port, X_Takes="2")[0].status))
        ask(port)
        visit.start()
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        visit.join(20)
        assert [answers, process.wait(20)] == [[200], 0]


def test_after_so_many_requests_another_process_answers():
    with serving("--max-requests=5", "--max-requests-jitter=0") as (_process, port):
        said = []
        for _ in range(12):
            said.append(json.loads(ask(port)[1])["process"])
            time.sleep(0.2)
        assert [len(said), len(set(said)) > 1] == [12, True]
