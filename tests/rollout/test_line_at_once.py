"""The line while many come at one moment: in order, once each, from several processes' view."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.origin import coming_from
from registration.errors import HasToWait
from registration.models import Enrollment
from registration.services.enrolling import start_enrollment
from rollout.line import tickets
from rollout.line.moving import move_line
from rollout.line.snapshot import look_anew
from rollout.line.speed import Seen
from rollout.models import Stretch, UsedTicket
from tests.rollout.lines import drawn_before, keep_line, stands_at


@pytest.fixture(autouse=True)
def kept(transactional_db):
    keep_line()
    stands_at(0)
    yield
    look_anew()


def come(ticket: str = "") -> str:
    """The ticket to wait with, or "" for who began."""
    try:
        with coming_from("203.0.113.1"):
            start_enrollment(ticket=ticket)
    except HasToWait as wait:
        return wait.ticket
    finally:
        connection.close()
    return ""


def test_two_starts_with_one_ticket_at_one_moment_begin_one():
    drawn_before(1)
    ticket = tickets.signed(tickets.last_drawn())
    stands_at(0)
    together = threading.Barrier(6)

    def one(_number: int) -> str:
        together.wait()
        return come(ticket)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(6)))
    assert (answers.count(""), Enrollment.objects.count(), UsedTicket.objects.count()) == (1, 1, 1)
    assert len({answer for answer in answers if answer}) == 5


def test_a_start_that_fails_uses_no_ticket_up(monkeypatch):
    drawn_before(1)
    ticket = tickets.signed(tickets.last_drawn())
    stands_at(0)

    def fails(**_given):
        raise RuntimeError("the database is gone")

    with monkeypatch.context() as patched:
        patched.setattr(Enrollment.objects, "create", fails)
        with pytest.raises(RuntimeError):
            come(ticket)
    assert UsedTicket.objects.count() == 0
    assert come(ticket) == ""


def test_who_comes_at_one_moment_gets_a_number_each():
    with ThreadPoolExecutor(8) as pool:
        given = [tickets.number_of(one) for one in pool.map(lambda _: come(), range(80))]
    last = tickets.last_drawn()
    assert sorted(given) == list(range(last - 79, last + 1))


def test_beats_at_one_moment_move_it_once():
    def beat(_number: int) -> bool:
        try:
            return move_line(seen=Seen()) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        moved = list(pool.map(beat, range(8)))
    assert 1 <= moved.count(True) == Stretch.objects.count() - 1


def test_the_first_who_ever_come_make_the_line_together():
    Stretch.objects.all().delete()
    look_anew()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: come(), range(8))) == [""] * 8
    assert Stretch.objects.count() >= 1
