"""The admin site's own pages of the rollout. Each calls one service and goes back."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.services import Actor
from rollout.cut_over import NotReady, cut_over, go_back, rehearse
from rollout.models import Phase


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
