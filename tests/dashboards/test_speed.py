"""What pages of figures read: sums and small tables, and of large ones the open part's index."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
SIGNED_IN = {"django_session", "offices_officer", "offices_allauthdevice"}
SUMS = {"dashboards_checkpoint", "dashboards_counter"}
SET_BY_HAND = {"dashboards_note", "dashboards_figurevalue"}  # notes and limits: few rows
VIEWS = {"dashboards_startview", "dashboards_figuresview"}
PLACES = {"dashboards_eligible", "offices_office"}
# Of these two, which grow with the registrations, only what is open now: see the next test.
GROWING = {"registration_enrollment", "outbox_job"}
READ = {
    "": SUMS | SET_BY_HAND | VIEWS | {"rollout_phase", "rollout_shard", "registration_enrollment"},
    "funnel/": SUMS,
    "where/": SUMS | PLACES,
    "where/?province=12": SUMS | PLACES,
    "work/": SUMS | SET_BY_HAND | GROWING | {"offices_office"},
    "work/?province=12": SUMS | SET_BY_HAND | GROWING | {"offices_office"},
    "where.csv": (SUMS - {"dashboards_checkpoint"}) | PLACES,
}
INDEXES = {"registration_enrollment": "enrollment_queue", "outbox_job": "job_unfinished"}


@pytest.fixture
def staff(client, signed_in):
    OfficeFactory(code="1206")
    return signed_in(client, OfficerFactory(administrator=True))


def queries_of(client, page: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/staff/dashboard/{page}").status_code == 200
    return [one["sql"] for one in queries.captured_queries]


# With few rows any index will do: the planner is left this one, so that it serves or nothing does.
OTHERS = """
    SELECT indexrelid::regclass FROM pg_index
    WHERE indrelid = %s::regclass AND indexrelid <> %s::regclass
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


def plan_of(query: str, table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, [table, INDEXES[table]])
        for (other,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {other}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {query}")
        return " ".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("page", READ)
def test_no_page_reads_a_table_that_grows_with_the_people(staff, page):
    named = re.findall(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"', " ".join(queries_of(staff, page)))
    assert set(named) == READ[page] | SIGNED_IN


@pytest.mark.parametrize("page", ["", "work/"])
def test_of_registrations_and_jobs_only_the_index_of_the_open_ones_is_read(staff, page):
    asked = [
        (table, query)
        for query in queries_of(staff, page)
        for table in INDEXES
        if f'"{table}"' in query
    ]
    assert {table for table, _ in asked} == READ[page] & GROWING
    assert [query for table, query in asked if INDEXES[table] not in plan_of(query, table)] == []
