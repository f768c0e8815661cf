"""Reports of a pilot's import in the admin site."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.csv_file import csv_file
from offices.models import Office
from pilot.models import MemberState, PilotImport
from population.imports.checking import REASONS


@require_GET
def rejected_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Line number and reason of each row of a pilot's file that was not taken over."""
    lines = get_object_or_404(PilotImport, pk=pk).rejected_lines
    rows = ((line, str(REASONS[reason])) for line, reason in lines)
    return csv_file(f"rejected-{pk}", chain([(_("Line"), _("Reason"))], rows))


@require_GET
def offices_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """How far the people of a pilot's file have come, office by office."""
    members = get_object_or_404(PilotImport, pk=pk).members.all()
    return csv_file(f"pilot-offices-{pk}", _office_lines(members.by_office()))


def _office_lines(counts: Iterable[dict]) -> Iterator[tuple]:
    names = {office.code: (office.province, office.name) for office in Office.objects.all()}
    states = [state.value for state in MemberState]
    yield _("Code"), _("Province"), _("Office"), _("in the file"), *map(str, MemberState.labels)
    for one in counts:
        code = one["office_id"]
        yield code, *names.get(code, ("", "")), one["in_file"], *(one[name] for name in states)
