"""Writes the sums of a rollout like the real one: since the pilot of 2020, up to this hour."""

import datetime
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from core.day_field import FIRST_DAY
from dashboards.models import COUNTRY, Counter, Eligible
from devstack.demo.history import History
from devstack.demo.work_history import work
from offices.services import load_offices

COPY = "COPY dashboards_counter (figure, area, day, label, count, loaded) FROM STDIN"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="write all of it once more")

    def handle(self, *, anew: bool, **_options: object) -> None:
        load_offices()
        with transaction.atomic():
            since = FIRST_DAY if anew else last_day()
            rows = write_history(since)
        self.stdout.write(f"The history of the rollout is written, in {rows} sums.")


def last_day() -> datetime.date:
    """The day up to which the history was written, perhaps not to its end."""
    loaded = Counter.objects.filter(loaded=True, figure="signups", area=COUNTRY)
    return loaded.aggregate(last=Max("day"))["last"] or FIRST_DAY


def write_history(since: datetime.date) -> int:
    """Write the loaded sums from this day on anew; how many that are. What the log says stays."""
    # Made before COPY has the connection for itself.
    history = History(timezone.now(), since=since)
    Counter.objects.filter(loaded=True, day__gte=since).delete()
    if since == FIRST_DAY:
        Eligible.objects.all().delete()
        Eligible.objects.bulk_create(
            Eligible(office_code=code, people=people, loaded=True)
            for code, people in history.eligible()
        )
    rows = 0
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for cells in (history.sign_ups(), work(history)):
            for figure, area, day, label, count in cells:
                if count:
                    copy.write_row((figure, area, day, label, count, True))
                    rows += 1
    return rows
