"""How long the server needs for each page of figures, and how fresh they are, at full size.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.dashboards [400]

Counters of that many days for all offices, with every figure, as 60 million sign-ups leave them;
before these the history since the pilot. Then pages through the whole portal, signed in.
"""

import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.services import Actor
from dashboards.models import Counter
from dashboards.pages.overview import overview
from devstack.demo.signed_in import sign_in
from devstack.embedded.programs import beat, celery_worker
from offices.models import Officer
from offices.roles import Role
from registration.services.enrolling import start_enrollment
from registration.services.moves import move

PAGES = ("", "funnel/", "where/", "where/?province=12", "work/", "work/?province=12")
PERIODS = ("period=30", "period=400&compare=1", "period=all")
TIMES, FRESH_TIMES, LIMIT_MS, LIMIT_QUERIES, LIMIT_FRESH = 15, 12, 200, 15, 5.0
# A figure's labels, and whether provinces and offices have it too.
FIGURES = {
    "signups": ("self app office", True),
    "review": ("send_to_review approve reject ask_retake take_back", True),
    "waits": ("96 99 101 103 106 110", True),
    "hours": (" ".join(f"{hour:02}" for hour in range(24)), False),
    "moves": (
        (">start started>accept_terms consented>capture_card card_captured>confirm_data "
        "data_confirmed>submit_selfie retake>submit_selfie checking>pass_checks "
        "checking>ask_retake checking>send_to_review waiting_review>take in_review>approve "
        "in_review>reject verified>set_password password_set>activate started>expire"), False,
    ),
    "reached": (
        "start accept_terms capture_card confirm_data submit_selfie verified set_password activate",
        False,
    ),
    "steps": (
        " ".join(
            f"{step}:{number}"
            for step in ("accept_terms", "capture_card", "confirm_data", "submit_selfie", "approve",
                         "pass_checks", "set_password", "activate")
            for number in range(24, 64)
        ), False,
    ),
    "checks": (" ".join(f"time:{number}" for number in range(40)), False),
    "devices": (
        " ".join(
            f"{device}-{browser}"
            for device in ("iphone", "android", "tablet", "computer")
            for browser in ("safari", "chrome", "line", "facebook", "samsung", "edge", "firefox")
        ), False,
    ),
    "retakes": ("not_live challenge face_quality face_unclear card_unclear", False),
    "scores": (
        " ".join(f"{check}:{part}" for check in ("face_match", "liveness") for part in range(20)),
        False,
    ),
}  # fmt: skip
FILL = """
    INSERT INTO dashboards_counter (figure, area, day, label, loaded, count)
    SELECT %s, area, day::date, label, false, 1 + abs(hashtext(area || label || day)) %% %s
    FROM generate_series(current_date - %s, current_date, '1 day') AS day,
         unnest(%s::text[]) AS area, unnest(%s::text[]) AS label
"""
HISTORY = """
    INSERT INTO dashboards_counter (figure, area, day, label, loaded, count)
    SELECT 'signups', area, day::date, '', true, 1 + abs(hashtext(area || day)) %% 40
    FROM generate_series('2020-10-01', current_date - %s, '1 day') AS day,
         unnest(%s::text[]) AS area
"""
OTHERS = """
    INSERT INTO registration_enrollment (id, reference, state, state_since, channel, language,
        created_at, open_until, terms_version, office_id, card_problem, selfie_attempts,
        retake_reason, reject_reason, risk, password, password_tries, proof_nonce)
    SELECT gen_random_uuid(), 'B' || number, CASE number %% 200 WHEN 0 THEN 'waiting_review'
           ELSE 'activated' END, now() - number * interval '1 second', 'self', 'th',
           now(), now(), '', (SELECT code FROM offices_office OFFSET number %% 928 LIMIT 1), '', 1,
           '', '', 0, '', 0, ''
    FROM generate_series(1, %s) AS number;
    INSERT INTO outbox_job (kind, subject, state, stage, deliveries, not_before, created_at, error,
        request_id)
    SELECT 'verify', gen_random_uuid(), CASE number %% 1000 WHEN 0 THEN 'ready' ELSE 'done' END,
           '', 1, now(), now(), '', ''
    FROM generate_series(1, %s) AS number;
    INSERT INTO dashboards_eligible (office_code, people, loaded)
    SELECT code, 64000, true FROM offices_office
"""


def fill(days: int, *, others: int = 400_000) -> int:
    """Counters and the tables beside them; how many counters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM offices_office")
        offices = [code for (code,) in cursor.fetchall()]
        areas = ["", *sorted({code[:2] for code in offices}), *offices]
        for figure, (labels, everywhere) in FIGURES.items():
            kept = areas if everywhere else [""]
            cursor.execute(FILL, [figure, 90, days, kept, labels.split()])
        cursor.execute(HISTORY, [days + 1, areas])
        cursor.execute(OTHERS, [others, others])
        cursor.execute("VACUUM ANALYZE")
    return Counter.objects.count()


def watcher() -> Client:
    """An administrator, signed in with both steps."""
    officer = Officer.objects.create(
        email="bench@sample.dopa", name="Bench", role=Role.ADMINISTRATOR
    )
    return sign_in(Client(), officer)


def address_of(page: str, period: str) -> str:
    return f"/staff/dashboard/{page}{'&' if '?' in page else '?'}{period}"


def measure(client: Client, address: str, **headers: str) -> tuple[float, float, int, set[str]]:
    """Median and 95th percentile in ms, queries, and the tables they name."""
    client.get(address, headers=headers)
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers=headers)
    count = len(queries)
    tables = {name for one in queries for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = client.get(address, headers=headers)
        spent.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:  # noqa: PLR2004 - OK
            raise RuntimeError(f"{address}: {answer.status_code}")
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1], count, tables


def pages(client: Client) -> bool:
    """The table of all pages; whether all keep their budget."""
    print("| page | days | ms, median | ms, p95 | queries |\n|---|---|--:|--:|--:|")
    well, touched = True, set()
    tiles = measure(client, "/staff/dashboard/", **{"HX-Request": "true"})
    rows = [("its tiles alone", "", tiles)]
    for page, period in itertools.product(PAGES, PERIODS):
        found = measure(client, address_of(page, period))
        rows.append((f"/{page}", period.replace("period=", ""), found))
    for page, period, (median, late, queries, tables) in rows:
        well = well and median <= LIMIT_MS and queries <= LIMIT_QUERIES
        touched |= tables
        print(f"| {page} | {period} | {median:.0f} | {late:.0f} | {queries} |")
    print(f"\nTables that the pages read: {', '.join(sorted(touched))}.")
    return well


def freshness() -> bool:
    """From the commit of a move until the page's figures have it, with beat and worker running."""
    folder = Path(tempfile.mkdtemp())
    commands = [celery_worker("default", processes=1), beat(folder / "beat")]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    children = [subprocess.Popen(one, env=os.environ, **quiet) for one in commands]
    try:
        seen_after()  # until both have started
        waits = sorted(seen_after() for _ in range(FRESH_TIMES))
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()
    print(
        f"\nFrom a move's commit until the figures have it: {statistics.median(waits):.1f} s "
        f"(median), {waits[-1]:.1f} s at most of {FRESH_TIMES}."
    )
    return waits[-1] <= LIMIT_FRESH


def seen_after() -> float:
    before = overview().open_enrollments
    enrollment, _token = start_enrollment()
    move(enrollment, "accept_terms", actor=Actor.system("bench"))
    began = time.perf_counter()
    while overview().open_enrollments == before:
        time.sleep(0.05)
    return time.perf_counter() - began


def main(days: int) -> int:
    settings.FIGURES_KEPT_FOR = timedelta(0)  # what a look costs that nobody shares
    call_command("migrate", verbosity=0)
    call_command("load_offices", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(f"{fill(days):,} counters of {days} days and of the history before, all offices.\n")
    well = pages(watcher())
    return 0 if freshness() and well else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 400))
