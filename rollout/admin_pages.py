"""The admin site's own pages of the rollout. Each calls one service and goes back."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.services import Actor
from rollout.cutting_over import NotReady, cut_over, go_back, rehearse
from rollout.imports.folder import ENDINGS, keep_upload, waiting_files
from rollout.imports.services import ImportRefused
from rollout.imports.staging import RegisterBusy
from rollout.imports.steering import STEPS, start
from rollout.models import ImportRun, Phase


class StartForm(forms.Form):
    """A file that waits in the import folder, or one that comes with the form."""

    file = forms.ChoiceField(label=_("File in the import folder"), required=False)
    upload = forms.FileField(
        label=_("Or a file from this computer"),
        help_text=_("CSV, CSV.gz or Parquet. A whole register is better put into the folder."),
        required=False,
    )
    complete = forms.BooleanField(
        label=_("The file holds everybody: whoever is missing counts as removed"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = [(name, name) for name in waiting_files()]
        self.fields["file"].choices = [("", _("None")), *waiting]

    def clean_upload(self) -> UploadedFile | None:
        upload = self.cleaned_data["upload"]
        if upload and not upload.name.endswith(ENDINGS):
            raise forms.ValidationError(_("This is neither CSV, CSV.gz nor Parquet."))
        return upload

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors and bool(data["file"]) == bool(data["upload"]):
            raise forms.ValidationError(_("Choose one file: in the folder, or from this computer."))
        return data

    def file_name(self) -> str:
        """The file's name in the folder; an upload is put there first."""
        upload = self.cleaned_data["upload"]
        return keep_upload(upload) if upload else self.cleaned_data["file"]


def start_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file and begin."""
    posted = request.method == "POST"
    form = StartForm(request.POST, request.FILES) if posted else StartForm()
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
