"""The admin site's own pages of the rollout. Each calls one service and goes back."""

import uuid

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.services import Actor
from registration.errors import Refused
from rollout.admin_forms import FileForm, RegisterForm
from rollout.cutting_over import NotReady, cut_over, go_back, rehearse
from rollout.imports.services import ImportRefused
from rollout.imports.staging import RegisterBusy
from rollout.imports.steering import STEPS, start
from rollout.models import ImportRun, Phase, PilotImport
from rollout.pilot import steering as pilot


def start_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file of the register and begin."""
    posted = request.method == "POST"
    form = RegisterForm(request.POST, request.FILES) if posted else RegisterForm()
    if form.is_valid():
        try:
            run = start(
                form.file_name(),
                complete=form.cleaned_data["complete"],
                actor=Actor.officer(request.user),
            )
            return redirect("admin:rollout_importrun_change", run.pk)
        except ImportRefused as refusal:
            form.add_error(None, str(refusal))
    words = {"title": _("Import the register"), "kind": "importrun"}
    return _start_page(request, site, form, words)


def pilot_start_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file of the pilot and begin."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            begun = pilot.start(form.file_name(), actor=Actor.officer(request.user))
            return redirect("admin:rollout_pilotimport_change", begun.pk)
        except ImportRefused as refusal:
            form.add_error(None, str(refusal))
    words = {"title": _("Import the pilot"), "kind": "pilotimport"}
    return _start_page(request, site, form, words)


def _start_page(request: HttpRequest, site: AdminSite, form: FileForm, words: dict) -> HttpResponse:
    context = site.each_context(request) | {"form": form} | words
    return render(request, "admin/rollout_start.html", context)


@require_POST
def pilot_step_page(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Pause, continue, cancel or take back."""
    pilot_import = get_object_or_404(PilotImport, pk=pk)
    if step not in pilot.STEPS:
        raise Http404
    try:
        pilot.STEPS[step](pilot_import, actor=Actor.officer(request.user))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("admin:rollout_pilotimport_change", pk)


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


@require_POST
def cut_over_page(request: HttpRequest, code: str) -> HttpResponse:
    """Open the phase now if its checklist holds, or with `back` close it again."""
    phase, actor = get_object_or_404(Phase, pk=code), Actor.officer(request.user)
    if "back" in request.POST:
        _say_what_holds_now(request, go_back(phase, actor=actor))
        return redirect("admin:rollout_phase_change", code)
    try:
        cut_over(phase, actor=actor)
    except NotReady:
        messages.error(request, _("Not everything on the checklist holds. Nothing was changed."))
    return redirect("admin:rollout_phase_change", code)


def _say_what_holds_now(request: HttpRequest, phase: Phase | None) -> None:
    if phase is None:
        messages.warning(request, _("No phase is in force now: registration is closed."))
    else:
        messages.success(request, _("In force now: %(phase)s.") % {"phase": phase})


@require_POST
def rehearsal_page(request: HttpRequest, code: str, site: AdminSite) -> HttpResponse:
    """What beginning the phase would do. It is done and rolled back, hence by POST."""
    phase = get_object_or_404(Phase, pk=code)
    rehearsal = rehearse(phase, actor=Actor.officer(request.user))
    context = site.each_context(request) | {
        "title": _("Dry run: what would happen"),
        "phase": phase,
        "rehearsal": rehearsal,
    }
    return render(request, "admin/rollout_rehearsal.html", context)
