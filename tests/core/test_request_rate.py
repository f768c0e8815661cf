"""What the web servers count, an import on another machine reads."""

import pytest
import time_machine
from django.urls import reverse

from core import request_rate
from population.imports import throttling

START = 1_790_000_000.0  # the beginning of a window


@pytest.fixture(autouse=True)
def _nothing_untold(monkeypatch) -> None:
    monkeypatch.setattr(request_rate, "_untold", 0)
    monkeypatch.setattr(request_rate, "_told_at", 0.0)


def asked(client, *, times: int, over: float) -> None:
    """So many requests, evenly over so many seconds."""
    for number in range(times):
        with time_machine.travel(START + over * number / times, tick=False):
            client.get(reverse("live"))


def test_requests_are_counted_by_the_window(client):
    asked(client, times=40, over=2.0)
    with time_machine.travel(START + 2.1, tick=False) as moment:
        assert 15 <= request_rate.requests_a_second() <= 20
        assert throttling.portal_is_busy()
        moment.move_to(START + 4.1)
        assert not throttling.portal_is_busy()


def test_a_probe_a_second_makes_nobody_busy(client):
    asked(client, times=2, over=2.0)
    with time_machine.travel(START + 2.1, tick=False):
        assert 0 < request_rate.requests_a_second() <= 1
        assert not throttling.portal_is_busy()
