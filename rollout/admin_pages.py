"""The admin site's own pages of the rollout. Each calls one service and goes back."""

import csv
import io
import uuid

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from audit.services import Actor
from rollout.checklist import NotReady, cut_over, go_back
from rollout.imports.folder import waiting_files
from rollout.imports.services import ImportRefused
from rollout.imports.staging import RegisterBusy
from rollout.imports.steering import STEPS, rejected_lines, start
from rollout.models import ImportRun, Phase


class StartForm(forms.Form):
    file = forms.ChoiceField(label=_("File in the import folder"))
    complete = forms.BooleanField(
        label=_("The file holds everybody: whoever is missing counts as removed"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].choices = [(name, name) for name in waiting_files()]


def start_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file and begin."""
    form = StartForm(request.POST or None)
    if form.is_valid():
        try:
            run = start(
                form.cleaned_data["file"],
                complete=form.cleaned_data["complete"],
                actor=Actor.officer(request.user),
            )
            return redirect("admin:rollout_importrun_change", run.pk)
        except ImportRefused as refusal:
            form.add_error(None, str(refusal))
    context = site.each_context(request) | {"form": form, "title": _("Import the register")}
    return render(request, "admin/rollout_start.html", context)


@require_POST
def step_page(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Pause, continue, cancel or roll back."""
    run = get_object_or_404(ImportRun, pk=pk)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](run, actor=Actor.officer(request.user))
    except (ImportRefused, RegisterBusy) as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:rollout_importrun_change", pk)


@require_GET
def rejected_file(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Line number and reason of each rejected row; the rows themselves are in the file only."""
    run = get_object_or_404(ImportRun, pk=pk)
    lines = (_csv_line(row) for row in rejected_lines(run))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-{pk}.csv"'
    return response


def _csv_line(row: tuple) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(row)
    return text.getvalue()


@require_POST
def cut_over_page(request: HttpRequest, code: str) -> HttpResponse:
    """Open the phase now if its checklist holds, or with `back` close it again."""
    phase = get_object_or_404(Phase, pk=code)
    try:
        turn = go_back if "back" in request.POST else cut_over
        turn(phase, actor=Actor.officer(request.user))
    except NotReady:
        messages.error(request, _("Not everything on the checklist holds. Nothing was changed."))
    return redirect("admin:rollout_phase_change", code)
