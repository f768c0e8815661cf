"""Reports of an import in the admin site: rejected lines, and what became of each office's rows."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator
from itertools import chain

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from offices.models import Office
from rollout.imports.checking import REASONS
from rollout.imports.reconciling import COUNTED, report, totals
from rollout.imports.steering import rejected_lines
from rollout.models import ImportRun, PilotImport
from rollout.pilot.models import MemberState

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes Thai for something else


@require_GET
def rejected_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Line number and reason of each rejected row; the rows themselves are in the file only."""
    run = get_object_or_404(ImportRun, pk=pk)
    office = request.GET.get("office", "")
    return _csv_file(f"rejected-{pk}{office and '-' + office[:4]}", rejected_lines(run, office))


@require_GET
def offices_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """By province; with `province` the offices of one."""
    run = get_object_or_404(ImportRun, pk=pk)
    code = request.GET.get("province", "")
    first = Office.objects.filter(province_code=code).first() if code else None
    context = admin.site.each_context(request) | {
        "title": _("By office"),
        "run": run,
        "province": first.province if first else "",
        "lines": report(run, province=code if first else ""),
        "totals": totals(run),
    }
    return render(request, "admin/rollout_offices.html", context)


@require_GET
def offices_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Every office in one file."""
    return _csv_file(f"offices-{pk}", _office_lines(get_object_or_404(ImportRun, pk=pk)))


def _office_lines(run: ImportRun) -> Iterator[tuple]:
    names = {office.code: (office.province, office.name) for office in Office.objects.all()}
    yield _("Code"), _("Province"), _("Office"), *COUNTED
    for code, *counts in run.office_counts.values_list("office_code", *COUNTED):
        yield code, *names.get(code, ("", "")), *counts


@require_GET
def pilot_rejected_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Line number and reason of each row of a pilot's file that was not taken over."""
    lines = get_object_or_404(PilotImport, pk=pk).rejected_lines
    rows = ((line, str(REASONS[reason])) for line, reason in lines)
    return _csv_file(f"rejected-{pk}", chain([(_("Line"), _("Reason"))], rows))


@require_GET
def pilot_offices_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """How far the people of a pilot's file have come, office by office."""
    members = get_object_or_404(PilotImport, pk=pk).members.all()
    return _csv_file(f"pilot-offices-{pk}", _pilot_lines(members.by_office()))


def _pilot_lines(counts: Iterable[dict]) -> Iterator[tuple]:
    names = {office.code: (office.province, office.name) for office in Office.objects.all()}
    states = [state.value for state in MemberState]
    yield _("Code"), _("Province"), _("Office"), _("in the file"), *map(str, MemberState.labels)
    for one in counts:
        code = one["office_id"]
        yield code, *names.get(code, ("", "")), one["in_file"], *(one[name] for name in states)


def _csv_file(name: str, rows: Iterator[tuple]) -> StreamingHttpResponse:
    lines = (BYTE_ORDER_MARK * (place == 0) + _csv_line(row) for place, row in enumerate(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv_line(row: tuple) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(row)
    return text.getvalue()
