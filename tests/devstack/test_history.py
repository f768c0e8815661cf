"""The history of the rollout: the real one's sums, and quick when only today is new."""

import datetime
from collections import Counter as Tally

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from dashboards.models import Counter
from devstack.demo.history import History
from tests.factories import OfficeFactory

pytestmark = pytest.mark.django_db
UNTIL = datetime.datetime(2023, 3, 1, 15, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _offices() -> None:
    for code in ("1001", "1206", "1207", "5001"):
        OfficeFactory(code=code)


def test_it_reaches_52_925_on_23_january_2023():
    days = dict(History(UNTIL).days())
    launch = datetime.date(2023, 1, 23)
    assert sum(count for day, count in days.items() if day <= launch) == 52_925
    assert sum(count for day, count in days.items() if day < datetime.date(2023, 1, 20)) == 24_925
    assert 5_500 < days[datetime.date(2023, 2, 14)] < 8_000


def test_a_day_is_the_same_whether_the_history_is_long_or_short():
    since = datetime.date(2023, 2, 20)
    long = [cell for cell in History(UNTIL).sign_ups() if cell[2] >= since]
    assert Tally(History(UNTIL, since=since).sign_ups()) == Tally(long)


def sums() -> dict[str, int]:
    return dict(Counter.objects.values_list("area").annotate(Sum("count")))


def test_a_second_run_writes_today_alone_and_changes_nothing_else(capsys):
    call_command("make_history")
    written, first = sums(), Counter.objects.order_by("pk").first().pk
    total = Counter.objects.count()
    before_today = Counter.objects.exclude(day=timezone.localdate()).aggregate(Sum("count"))
    call_command("make_history")
    assert Counter.objects.order_by("pk").first().pk == first
    past = Counter.objects.exclude(day=timezone.localdate()).aggregate(Sum("count"))
    assert past == before_today
    assert sums()[""] >= written[""]
    assert f"in {total} sums" not in capsys.readouterr().out.splitlines()[-1]
