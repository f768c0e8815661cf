"""The admin site's own pages of the register's imports. Each calls one service and goes back."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.admin import AdminSite, site
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from audit.actions import Action
from audit.services import Actor, record
from core.typing import Context, Json
from offices.back_lever import STATE
from offices.fresh import ask_for_factor, has_fresh_factor, unsent
from offices.lever_forms import ReasonForm
from offices.lever_views import begin_change
from offices.models import Office
from offices.reasons import reason_in
from population.agreeing import Heard
from population.back_lever import RegisterBackLever
from population.forms import FileForm, RegisterForm
from population.imports.doubting import held_samples
from population.imports.reconciling import totals
from population.imports.samples import SHOWN, rejected, samples
from population.imports.services import ImportRefused
from population.imports.staging import RegisterBusy
from population.imports.steering import DECISIONS, STEPS, progress, start, steps_of, words_of
from population.imports.weighing import Excess, beyond
from population.models import Following, ImportRun, RunState

NEW_WORDS = {Heard.FIRST, Heard.ENOUGH, Heard.LEFT}


def start_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose a file of the register and begin."""
    posted = request.method == "POST"
    form = RegisterForm(request.POST, request.FILES) if posted else RegisterForm()
    if form.is_valid():
        try:
            run = start(
                form.file_name(),
                complete=form.cleaned_data["complete"],
                declared=form.declared,
                actor=Actor.signed_in(request),
            )
            return redirect("admin:population_importrun_change", run.pk)
        except ImportRefused as refusal:
            form.add_error(None, str(refusal))
    words = {"title": _("Import the register"), "kind": "importrun"}
    return show_start(request, site, form, words)


def show_start(request: HttpRequest, site: AdminSite, form: FileForm, words: Json) -> HttpResponse:
    """`words`: the page's `title`, and `kind`, the model whose list lies above it."""
    context = site.each_context(request) | {"form": form} | words
    return render(request, "admin/import_start.html", context)


def context_of(request: HttpRequest, run: ImportRun) -> Context:
    """What the page of an import shows besides its fields."""
    steps, following = steps_of(run), Following.objects.filter(run=run).first()
    words = words_of(run, steps, reader=Actor.signed_in(request))
    return {
        "steps": steps,
        "progress": progress(run),
        "held_people": run.held_rows.count(),
        "words": words,
        # A page that fetches itself anew would wipe a reason that is being typed.
        "polled": bool(following and following.under_way and not words),
        "reason_form": ReasonForm(initial=unsent(request)),
        "following": following,
        "sums": totals(run) if run.state == RunState.DONE else None,
    }


@require_GET
def samples_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What a waiting import does, and to whom; looking is in the log."""
    run = get_object_or_404(ImportRun, pk=pk)
    steps = steps_of(run)
    if not {"agree", "take_changes"} & set(steps):
        raise Http404
    actor = Actor.signed_in(request)
    record(Action.REGISTER_SAMPLES_SEEN, run, actor=actor)
    context = site.each_context(request) | {
        "title": _("Samples"),
        "run": run,
        "words": words_of(run, steps, reader=actor).values(),
        "beyond": _with_offices(beyond(run)[:SHOWN]) if "agree" in steps else [],
        "rejected": rejected(run) if "agree" in steps else [],
        "samples": samples(run) if "agree" in steps else [],
        "held": held_samples(run, at_most=SHOWN) if "take_changes" in steps else [],
    }
    return render(request, "admin/population_samples.html", context)


def _with_offices(found: Sequence[Excess]) -> list[tuple[str, Excess]]:
    """Each with its office's name, "" where there is no such office."""
    offices = Office.objects.in_bulk([one.office for one in found])
    return [(offices[one.office].name if one.office in offices else "", one) for one in found]


@require_POST
def step_page(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Pause, continue, cancel; decide; or begin the change that rolls the import back, which takes
    two. What is unfinished can be given up by one.
    """
    run, page = get_object_or_404(ImportRun, pk=pk), "admin:population_importrun_change"
    if step == "roll_back":
        undone = {STATE: RegisterBackLever.undone}
        return begin_change(request, RegisterBackLever.code, str(pk), undone)
    if step in DECISIONS:
        return _decide(request, run, step)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](run, actor=Actor.signed_in(request))
    except (ImportRefused, RegisterBusy) as refusal:
        messages.error(request, str(refusal))
    return redirect(page, pk)


def _decide(request: HttpRequest, run: ImportRun, step: str) -> HttpResponse:
    """As at a lever: with a code typed just now, and a reason."""
    page = reverse("admin:population_importrun_change", args=[run.pk])
    if not has_fresh_factor(request):
        return ask_for_factor(request, page)
    if (reason := reason_in(request)) is None:
        return redirect(page)
    heard = DECISIONS[step](run, actor=Actor.signed_in(request), reason=reason)
    tell = messages.success if heard in NEW_WORDS else messages.warning
    tell(request, heard.label)
    return redirect(page)
