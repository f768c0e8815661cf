"""The admin site's own pages of the rollout. They write nothing: changes go to the levers."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.services import Actor
from offices.lever_views import begin_change
from rollout.cut_over import begin_today, rehearse
from rollout.models import Phase


@require_POST
def cut_over_page(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the phase to begin today, or with `back` to be closed again."""
    phase = get_object_or_404(Phase, pk=code)
    wanted = {"closed": True} if "back" in request.POST else begin_today()
    return begin_change(request, "phase", phase.pk, wanted)


@require_POST
def rehearsal_page(request: HttpRequest, code: str, site: AdminSite) -> HttpResponse:
    """What beginning the phase would do. It is done and rolled back, hence by POST."""
    phase = get_object_or_404(Phase, pk=code)
    rehearsal = rehearse(phase, actor=Actor.signed_in(request))
    context = site.each_context(request) | {
        "title": _("Dry run: what would happen"),
        "phase": phase,
        "rehearsal": rehearsal,
    }
    return render(request, "admin/rollout_rehearsal.html", context)
