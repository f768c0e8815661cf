import json
import logging
import os
import re
import subprocess
import sys

import pytest

from audit.context import bound, current_request_id
from audit.models import Entry
from audit.tracing import HEADER, give_back, send_along, take_over
from core.housekeeping import overdue_seconds
from core.logs import Json, Redact
from core.outbox.services import enqueue
from core.outbox.tasks import sweep
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db


def test_metrics_are_there_for_nobody_unless_somebody_is_let_in(client, settings):
    assert client.get("/metrics/").status_code == 404
    settings.METRICS_TOKEN = "a-token"
    assert client.get("/metrics/").status_code == 404
    wrong = client.get("/metrics/", headers={"Authorization": "Bearer another"})
    assert wrong.status_code == 404
    right = client.get("/metrics/", headers={"Authorization": "Bearer a-token"})
    assert right.status_code == 200
    settings.METRICS_TOKEN, settings.METRICS_ADDRESSES = "", ["127.0.0.0/8"]
    assert client.get("/metrics/").status_code == 200


def test_requests_jobs_and_the_lag_of_the_log_are_told(client, settings):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]
    enqueue("read_card", EnrollmentFactory().pk)
    client.get("/health/live/")
    text = client.get("/metrics/").text
    assert 'dopa_jobs{kind="read_card",state="ready"} 1.0' in text
    assert 'dopa_requests_total{method="GET",page="live",status="200"}' in text
    assert f"dopa_audit_lag_entries {float(Entry.objects.count())}" in text


def test_every_metric_that_an_alert_asks_for_is_there(client, settings):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]
    docs = [settings.BASE_DIR / "docs" / name for name in ("alerts.yml", "operations.md")]
    named = {name for doc in docs for name in re.findall(r"\bdopa_[a-z_]+", doc.read_text())}
    asked = {re.sub("_bucket$", "", name) for name in named - NO_METRICS}
    told = set(re.findall(r"# TYPE (\w+)", client.get("/metrics/").text))
    assert asked - told == set()
    assert len(asked) > 15


def test_each_duty_has_its_alert(settings):
    rules = (settings.BASE_DIR / "docs" / "alerts.yml").read_text()
    (left_out,) = set(re.findall(r'dopa_overdue_seconds\{what!~"(.+?)"\}', rules))
    assert f'dopa_overdue_seconds{{what=~"{left_out}"}}' in rules
    others = {name for name in overdue_seconds() if re.fullmatch(left_out, name)}
    assert others == {
        "phases that begin", "appeals", "accounts held", "changes not answered",
        "appointment_hours", "appointments_not_noted",
    }  # fmt: skip


NO_METRICS = {"dopa_backup", "dopa_portal", "dopa_serving"}  # roles, and a package
COUNT = "from core.metrics import REQUESTS; REQUESTS.labels('home', 'GET', '200').inc({})"
COLLECT = """
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""


def test_what_several_processes_count_adds_up(tmp_path):
    together = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "not-yet-there")}
    for program in (COUNT.format(2), COUNT.format(3), COLLECT):
        told = subprocess.check_output([sys.executable, "-c", program], env=together, text=True)  # noqa: S603 - our own literals
    assert 'dopa_requests_total{method="GET",page="home",status="200"} 5.0' in told


LOG = """
import django, logging
django.setup()
from dopa_portal.celery import app
app.log.setup(loglevel="INFO")
logging.getLogger("dopa").info("of the portal")
logging.getLogger("django.request").error("of Django")
logging.getLogger("celery.worker").warning("of Celery")
"""


def test_every_line_of_a_process_is_json_once():
    done = subprocess.run(  # noqa: S603 - our own literal
        [sys.executable, "-c", LOG], stderr=subprocess.PIPE, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in lines] == ["of the portal", "of Django", "of Celery"]


def test_a_log_line_is_json_with_the_request_it_belongs_to(caplog):
    with bound(request_id="request-1234"):
        logging.getLogger("dopa").warning("about %s", "1101700230705")
    (record,) = [one for one in caplog.records if one.name == "dopa"]
    Redact().filter(record)
    line = json.loads(Json().format(record))
    assert (line["request_id"], line["message"]) == ("request-1234", "about [number]")


def test_an_error_in_a_log_line_is_masked():
    try:
        int("x1101700230705 1101700230705")
    except ValueError:
        record = logging.LogRecord("dopa", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    assert "[number]" in json.loads(Json().format(record))["error"]


def test_a_task_goes_on_under_the_id_of_the_request_that_asked_for_it():
    headers = {}
    with bound(request_id="request-1234"):
        send_along(headers=headers)
    sweep.push_request(headers=headers)
    take_over(task_id="one", task=sweep)
    assert (headers, current_request_id()) == ({HEADER: "request-1234"}, "request-1234")
    give_back(task_id="one")
    assert current_request_id() == ""
    sweep.pop_request()
