"""Whose turn it is, who is turned away when more come than can be answered, and when not."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from core.lanes import EVERY, STANDS_AFTER, TURNED_AWAY, Lane, Lanes, is_heavy
from core.shedding import SheddingMiddleware
from tests.core.served import serving
from tests.core.test_front import ask

PATIENCE = 0.4


def asked(path: str = "/", body: int = 0) -> SimpleNamespace:
    return SimpleNamespace(requests=[SimpleNamespace(path=path, body_rcv=bytes(body))])


def overloaded(lane: Lane, *, seconds: float, every: float = 0.1, waits: float = 0.6) -> list[bool]:
    """What becomes of requests that come one after the other and each wait for as long."""
    count = round(seconds / every)
    for nth in range(count + 1):  # one more, for the lane is not empty meanwhile
        lane.put(nth, nth * every)
    turned_away = [lane.take(nth * every + waits)[1] for nth in range(count)]
    lane.waiting.clear()
    return turned_away


def test_a_burst_is_waited_out():
    assert not any(overloaded(Lane(PATIENCE), seconds=STANDS_AFTER))


def test_from_a_queue_that_stands_those_who_waited_too_long_are_turned_away():
    lane = Lane(PATIENCE)
    turned_away = overloaded(lane, seconds=STANDS_AFTER + 1)
    first = turned_away.index(True) / 10
    assert STANDS_AFTER <= first <= STANDS_AFTER + 0.2
    assert all(turned_away[-9:])
    for _ in range(3):
        lane.put("somebody", 100.0)
    assert not lane.take(100.0 + PATIENCE * 0.9)[1]
    assert lane.take(100.0 + PATIENCE * 1.1)[1]  # it still stands
    assert not lane.take(100.0 + PATIENCE * 1.1)[1]  # nobody stands behind it


def test_once_it_is_gone_a_burst_is_waited_out_again():
    lane = Lane(PATIENCE)
    overloaded(lane, seconds=STANDS_AFTER + 1)
    lane.put("at once", 100.0)
    lane.put("behind it", 100.0)
    lane.take(100.0)
    lane.waiting.clear()
    assert not any(overloaded(lane, seconds=STANDS_AFTER))


def test_on_a_slow_machine_that_few_ask_everybody_is_answered():
    lane, turned_away = Lane(PATIENCE), []
    for nth in range(50):
        lane.put(nth, 10.0 * nth)
        turned_away.append(lane.take(10.0 * nth + 5)[1])
    assert not any(turned_away)


@pytest.mark.parametrize(
    ("request_", "heavy"),
    [
        (asked(), False),
        (asked("/register/terms/", 300), False),
        (asked("/register/card/front/", 400_000), True),
        (asked("/staff/dashboard/funnel/"), True),
        (asked("/admin/"), True),
        (asked("/staff/queue/"), False),
        (asked(None), False),  # what waitress could not read
    ],
)
def test_what_costs_much_has_a_lane_of_its_own(request_, heavy):
    assert is_heavy(request_.requests[0]) is heavy


@pytest.mark.parametrize(("size", "heavy"), [(100, False), (400_000, True)])
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Length: {size}", b"%(part)b"),
        ("Transfer-Encoding: chunked", b"%(hex)x\r\n%(part)b\r\n0\r\n\r\n"),
    ],
)
def test_a_body_is_weighed_however_it_comes(head, body, size, heavy):
    sent = f"POST / HTTP/1.1\r\nHost: x\r\n{head.format(size=size)}\r\n\r\n".encode()
    sent += body % {b"part": bytes(size), b"hex": size}
    request = HTTPRequestParser(Adjustments())
    while sent and not request.completed:
        sent = sent[request.received(sent) :]
    assert (request.completed, request.error, is_heavy(request)) == (True, None, heavy)


def test_light_requests_overtake_heavy_ones_but_not_for_ever():
    lanes = Lanes()
    light, heavy = [asked() for _ in range(20)], [asked(body=10**6) for _ in range(3)]
    for one in [*heavy, *light]:
        lanes.append(one)
    taken = [lanes.popleft() for _ in range(23)]
    assert [place for place, one in enumerate(taken) if one in heavy] == [
        EVERY - 1, 2 * EVERY - 1, 3 * EVERY - 1,
    ]  # fmt: skip
    assert [one for one in taken if one not in heavy] == light
    assert (len(lanes), bool(lanes)) == (0, False)


def test_it_is_the_thread_that_took_it_which_is_told():
    lanes = Lanes()
    lanes.light.sheds = True
    for _ in range(2):
        lanes.light.put(asked(), time.monotonic() - 1)
    lanes.popleft()
    with ThreadPoolExecutor(1) as other:
        assert (lanes.turned_away, other.submit(lambda: lanes.turned_away).result()) == (
            True,
            False,
        )


@pytest.mark.parametrize(("path", "form"), [("/", "text/html"), ("/api/v1/terms/", "problem+json")])
def test_whoever_is_turned_away_is_told_when_to_come_again(path, form):
    answered = SheddingMiddleware(lambda request: pytest.fail("it was looked at"))
    answer = answered(RequestFactory().get(path, **{TURNED_AWAY: True}))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert form in answer.headers["Content-Type"]


@pytest.mark.parametrize("path", ["/health/ready/", "/metrics/"])
def test_whoever_watches_the_server_is_answered(path):
    passed = SheddingMiddleware(lambda request: "looked at")
    assert passed(RequestFactory().get(path, **{TURNED_AWAY: True})) == "looked at"


def test_a_header_turns_nobody_away():
    passed = SheddingMiddleware(lambda request: "looked at")
    sent = {"HTTP_DOPA_TURNED_AWAY": "1"}
    assert passed(RequestFactory().get("/", **sent)) == "looked at"


def test_under_twice_what_it_can_answer_a_server_answers_in_time_or_turns_away():
    """Eight threads that need a tenth of a second each: 80 a second; 200 clients want 160."""
    with serving() as (_process, port):
        ask(port)
        until, lock, answers = time.monotonic() + 8, threading.Lock(), []

        def visit() -> None:
            while (began := time.monotonic()) < until:
                answer, _ = ask(port, X_Takes="0.1")
                with lock:
                    answers.append((began, answer.status))
                time.sleep(1)

        with ThreadPoolExecutor(200) as crowd:
            for _ in range(200):
                crowd.submit(visit)
        later = [status for began, status in answers if began > until - 3]
    assert later.count(200) > 100
    assert later.count(503) > 20
    assert set(later) == {200, 503}
