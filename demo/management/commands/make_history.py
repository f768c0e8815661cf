"""Writes the sums of a rollout like the real one: since the pilot of 2020, up to this hour."""

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from dashboards.models import Counter, Eligible
from demo.history import History
from demo.work_history import work
from offices.services import load_offices

COPY = "COPY dashboards_counter (figure, area, day, label, count, loaded) FROM STDIN"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options: object) -> None:
        load_offices()
        with transaction.atomic():
            rows = write_history()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE dashboards_counter")
        self.stdout.write(f"The history of the rollout is written, in {rows} sums.")


def write_history() -> int:
    """Replace what was loaded; how many sums that are. What the log says stays."""
    # Two alike: both go through the same days. Made before COPY has the connection for itself.
    now = timezone.now()
    history, again = History(now), History(now)
    Counter.objects.filter(loaded=True).delete()
    Eligible.objects.all().delete()
    Eligible.objects.bulk_create(
        Eligible(office_code=code, people=people, loaded=True)
        for code, people in history.eligible()
    )
    rows = 0
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for cells in (history.sign_ups(), work(again)):
            for figure, area, day, label, count in cells:
                if count:
                    copy.write_row((figure, area, day, label, count, True))
                    rows += 1
    return rows
