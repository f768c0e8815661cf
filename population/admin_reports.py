"""Reports of an import in the admin site: rejected lines, and what became of each office's rows."""

import re
import uuid
from collections.abc import Iterator

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.tables import csv_stream
from offices.models import Office
from population.imports.reconciling import COUNTED, report, totals
from population.imports.steering import rejected_lines
from population.models import ImportRun


@require_GET
def rejected_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Line number and reason of each rejected row; the rows themselves are in the file only."""
    run = get_object_or_404(ImportRun, pk=pk)
    office = _code(request, "office")
    return csv_stream(f"rejected-{pk}{office and '-' + office[:4]}", rejected_lines(run, office))


def _code(request: HttpRequest, name: str) -> str:
    """The digits asked for, or ""; raises Http404 for anything else, as a null character."""
    code = request.GET.get(name, "")
    if not re.fullmatch("[0-9]*", code, re.ASCII):
        raise Http404
    return code


@require_GET
def offices_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """By province; with `province` the offices of one."""
    run = get_object_or_404(ImportRun, pk=pk)
    code = _code(request, "province")
    first = Office.objects.filter(province_code=code).first() if code else None
    context = admin.site.each_context(request) | {
        "title": _("By office"),
        "run": run,
        "province": first.province if first else "",
        "lines": report(run, province=code if first else ""),
        "totals": totals(run),
    }
    return render(request, "admin/population_offices.html", context)


@require_GET
def offices_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Every office in one file."""
    return csv_stream(f"offices-{pk}", _office_lines(get_object_or_404(ImportRun, pk=pk)))


def _office_lines(run: ImportRun) -> Iterator[tuple[object, ...]]:
    names = {office.code: (office.province, office.name) for office in Office.objects.all()}
    counted = _("in the file"), _("new"), _("changed"), _("already there")
    yield _("Code"), _("Province"), _("Office"), *counted, _("rejected"), _("no longer there")
    for code, *counts in run.office_counts.values_list("office_code", *COUNTED):
        yield code, *names.get(code, ("", "")), *counts
