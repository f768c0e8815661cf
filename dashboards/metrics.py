"""What Prometheus reads: what the processes count, and the state of the whole from the database."""

import ipaddress
import os
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from core.housekeeping import overdue_seconds
from core.origin import client_address
from core.outbox.models import Job, JobState
from core.upkeep.heartbeat import heartbeat_age
from dashboards.models import Checkpoint
from dashboards.service import log_lag, oldest_job_seconds
from population.models import ImportRun
from registration.models import Enrollment
from registration.services.help_line import agents_at_ceiling
from registration.states import State
from rollout.line.figures import line_figures
from rollout.models import Phase
from rollout.services import places_taken

HELD = (State.WAITING_REVIEW, State.IN_REVIEW, State.SECOND_REVIEW)


class StateOfTheWhole(Collector):
    """Asked at each scrape; every query runs over a small index."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._jobs()
        waiting = Enrollment.objects.filter(state__in=HELD).count()
        yield GaugeMetricFamily("dopa_cases_waiting", "Cases for officers", value=waiting)
        yield GaugeMetricFamily(
            "dopa_heartbeat_age_seconds",
            "Since work was last done by itself",
            value=heartbeat_age(),
        )
        yield self._imports()
        yield from self._places()
        yield from self._line()
        yield self._overdue()
        yield from self._audit()
        yield self._help_line()
        folded_at = Checkpoint.objects.values_list("folded_at", flat=True).first()
        age = abs((timezone.now() - folded_at).total_seconds()) if folded_at else 0
        yield GaugeMetricFamily(
            "dopa_counters_age_seconds", "Since events were last counted", value=age
        )

    def _jobs(self) -> Iterator[GaugeMetricFamily]:
        open_jobs = Job.objects.filter(state__in=[JobState.READY, JobState.CLAIMED])
        counts = GaugeMetricFamily("dopa_jobs", "Unfinished jobs", labels=["kind", "state"])
        for row in open_jobs.values("kind", "state").annotate(count=Count("pk")):
            counts.add_metric([row["kind"], row["state"]], row["count"])
        yield counts
        age = oldest_job_seconds()
        yield GaugeMetricFamily("dopa_job_oldest_seconds", "The oldest due job waits", value=age)

    def _places(self) -> Iterator[GaugeMetricFamily]:
        taken = GaugeMetricFamily("dopa_places_taken", "Places taken", labels=["phase"])
        capacity = GaugeMetricFamily("dopa_places", "Places of a phase", labels=["phase"])
        for phase in Phase.objects.all():
            taken.add_metric([phase.pk], places_taken(phase))
            capacity.add_metric([phase.pk], phase.capacity)
        yield from (taken, capacity)

    def _line(self) -> Iterator[GaugeMetricFamily]:
        line = line_figures()
        waiting, speed = line.waiting, line.per_minute
        yield GaugeMetricFamily("dopa_line_waiting", "Tickets not called yet", value=waiting)
        yield GaugeMetricFamily("dopa_line_called_per_minute", "Speed of the line", value=speed)
        yield GaugeMetricFamily("dopa_line_begun_per_minute", "Who began", value=line.begun)

    def _imports(self) -> GaugeMetricFamily:
        runs = GaugeMetricFamily("dopa_imports", "Imports of the register", labels=["state"])
        for row in ImportRun.objects.order_by().values("state").annotate(count=Count("pk")):
            runs.add_metric([row["state"]], row["count"])
        return runs

    def _overdue(self) -> GaugeMetricFamily:
        overdue = GaugeMetricFamily(
            "dopa_overdue_seconds", "What time has ended and is there still", labels=["what"]
        )
        for name, seconds in overdue_seconds().items():
            overdue.add_metric([name], seconds)
        return overdue

    def _help_line(self) -> GaugeMetricFamily:
        agents = GaugeMetricFamily(
            "dopa_help_line_agents_at_ceiling", "Agents who may do no more today", labels=["what"]
        )
        for name, count in agents_at_ceiling().items():
            agents.add_metric([name], count)
        return agents

    def _audit(self) -> Iterator[GaugeMetricFamily]:
        lag = log_lag()
        yield GaugeMetricFamily(
            "dopa_audit_lag_entries", "Entries not in the tree", value=lag.entries
        )
        yield GaugeMetricFamily("dopa_audit_lag_seconds", "Age of the oldest", value=lag.seconds)


@login_not_required
@require_GET
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever has METRICS_TOKEN or comes from METRICS_ADDRESSES; nothing is here for others."""
    if not (_has_token(request) or _is_inside(request)):
        raise Http404
    registry = CollectorRegistry()
    registry.register(StateOfTheWhole())
    own = generate_latest(registry)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        together = CollectorRegistry()
        MultiProcessCollector(together)
        counted = generate_latest(together)
    else:
        counted = generate_latest(REGISTRY)
    return HttpResponse(own + counted, content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and secrets.compare_digest(offered.encode(), wanted.encode())


def _is_inside(request: HttpRequest) -> bool:
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return False
    return any(
        address in ipaddress.ip_network(network, strict=False)
        for network in settings.METRICS_ADDRESSES
    )
