"""The admin site's own pages of the pilot's imports. Each calls one service and goes back."""

import uuid

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.services import Actor
from offices.back_lever import STATE
from offices.lever_views import begin_change
from pilot.back_lever import PilotBackLever
from pilot.models import PilotImport
from pilot.steering import STEPS, start
from population.admin_pages import show_start
from population.forms import FileForm
from population.imports.services import ImportRefused
from registration.errors import Refused


def start_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file of the pilot and begin."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            begun = start(form.file_name(), actor=Actor.signed_in(request))
            return redirect("admin:pilot_pilotimport_change", begun.pk)
        except ImportRefused as refusal:
            form.add_error(None, str(refusal))
    words = {"title": _("Import the pilot"), "kind": "pilotimport"}
    return show_start(request, site, form, words)


@require_POST
def step_page(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Pause, continue or cancel; taking back begins a change that takes two."""
    pilot_import = get_object_or_404(PilotImport, pk=pk)
    if step == "take_back":
        undone = {STATE: PilotBackLever.undone}
        return begin_change(request, PilotBackLever.code, str(pk), undone)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](pilot_import, actor=Actor.signed_in(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("admin:pilot_pilotimport_change", pk)
