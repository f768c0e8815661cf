"""Figures are drawn once in a moment for all who look, and for nobody who may be told less."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dashboards import kept
from dashboards.models import Counter
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
PATH, AS_TABLE = "/staff/dashboard/", "The same figures as a table"


@pytest.fixture(autouse=True)
def kept_for_a_moment(settings):
    kept._kept.clear()
    settings.FIGURES_KEPT_FOR = timedelta(minutes=1)
    yield
    kept._kept.clear()


@pytest.fixture
def watcher(signed_in):
    """Somebody of this role, in a browser of their own."""
    return lambda **who: signed_in(Client(), OfficerFactory(**who))


def sums_asked_by(client, page: str = "") -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{PATH}{page}?period=7").status_code == 200
    return sum('FROM "dashboards_counter"' in one["sql"] for one in queries.captured_queries)


def test_a_second_watcher_of_the_same_reach_asks_for_no_sums(watcher):
    first, second = (watcher(administrator=True) for _ in range(2))
    assert sums_asked_by(first) > 0
    assert sums_asked_by(second) == 0


def test_of_those_who_ask_at_once_one_makes_it_for_all():
    made: list[str] = []

    def make() -> int:
        time.sleep(0.05)
        made.append("once")
        return len(made)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: kept.kept(("page",), make), range(4)))
    assert (told, made) == ([1, 1, 1, 1], ["once"])


def test_after_a_moment_the_figures_are_new(watcher, settings):
    client = watcher(administrator=True)
    before = client.get(PATH, headers={"HX-Request": "true"}).text
    Counter.objects.create(
        figure="signups", area="", day=timezone.localdate(), label="self", count=98_765
    )
    assert client.get(PATH, headers={"HX-Request": "true"}).text == before
    settings.FIGURES_KEPT_FOR = timedelta(0)
    assert "98,765" in client.get(PATH, headers={"HX-Request": "true"}).text


def test_small_numbers_of_an_office_stay_with_those_who_may_know_them(watcher):
    here, there = OfficeFactory(code="1206"), OfficeFactory(code="1301")
    Counter.objects.create(
        figure="signups", area=here.code, day=timezone.localdate(), label="self", count=3
    )
    page = f"{PATH}where/?period=7&province=12"
    inside = watcher(role="supervisor", office=here).get(page).text
    outside = watcher(role="supervisor", office=there).get(page).text
    assert ('data-number="3"' in inside, 'data-number="3"' in outside) == (True, False)


def test_each_language_has_its_own(watcher):
    client = watcher(administrator=True)
    thai, english = (
        client.get(f"{PATH}funnel/?period=7", headers={"Accept-Language": one}).text
        for one in ("th", "en")
    )
    assert (AS_TABLE in english, AS_TABLE in thai) == (True, False)


def test_what_is_kept_does_not_grow_without_end(watcher):
    client = watcher(administrator=True)
    for number in range(kept.AT_MOST + 3):
        client.get(f"{PATH}funnel/?period=7&sort=s{number}")
    assert 0 < len(kept._kept) <= kept.AT_MOST
