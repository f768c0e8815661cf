"""What every process counts of its own requests and tasks, for Prometheus.

With PROMETHEUS_MULTIPROC_DIR set, the processes of one machine add up in files there.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from celery.signals import task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from core.request_rate import note_request

if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
REQUESTS = Counter("dopa_requests", "Answered requests", ["page", "method", "status"])
REQUEST_SECONDS = Histogram(
    "dopa_request_seconds",
    "Time to answer",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
TASKS = Counter("dopa_tasks", "Finished tasks", ["task", "state"])
TASK_SECONDS = Histogram("dopa_task_seconds", "Time of a task", ["task"])
JOBS = Counter("dopa_jobs_ended", "Jobs by how they ended", ["kind", "state"])
JOB_WAIT_SECONDS = Histogram(
    "dopa_job_wait_seconds",
    "From when a job was due until a worker took it",
    ["kind"],
    buckets=(0.05, 0.1, 0.5, 1, 2, 5, 15, 60, 300, 1800),
)
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}


class MetricsMiddleware:
    """Counts each answer under the name of its page: never under an address, which holds ids."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = match.view_name if match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(page, method, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(page).observe(time.perf_counter() - began)
        note_request()
        return response


@task_prerun.connect
def note_begin(task: object, **_: object) -> None:
    task.request.began = time.perf_counter()


@task_postrun.connect
def count_task(task: object, state: str | None = None, **_: object) -> None:
    TASKS.labels(task.name, state or "").inc()
    began = getattr(task.request, "began", None)
    if began is not None:
        TASK_SECONDS.labels(task.name).observe(time.perf_counter() - began)
