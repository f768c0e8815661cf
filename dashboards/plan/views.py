"""The page that shows the plan of the rollout and tries another. It changes nothing: what was tried
is asked for by the lever of the phases.
"""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dashboards.plan.figures import read_figures, readiness
from dashboards.plan.forms import PlanForm, WaveForm
from dashboards.plan.tables import month_table, province_table
from dashboards.plan.wave import asked_for, few_of, wave_of
from dashboards.presenters import shown
from offices.access import officer_who
from offices.lever_views import begin_change
from offices.requests import OfficerRequest
from rollout.forecast import moved


@require_GET
@never_cache
@officer_who("pulls_levers")
def plan(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    figures = read_figures(today)
    ready = readiness(figures.places, today)
    form = PlanForm(request.GET or None, pace=figures.pace, places=figures.places)
    opens, pace, wave = figures.planned, figures.pace, None
    tries = form.is_valid()
    if tries:
        pace, opened = form.tried(), form.opened()
        if opened:
            opens = moved(opens, *opened, today=today)
            wave = wave_of(figures, *opened, pace=pace, ready=ready)
    told = figures.forecast(opens, pace)
    chosen = {"phase": wave.same_day} if wave else None
    context = {
        "form": form,
        "figures": figures,
        "planned": figures.forecast(figures.planned, figures.pace),
        "tried": told if tries else None,
        "pace": pace,
        "wave": wave,
        "wave_form": WaveForm(waves=figures.waves, initial=chosen),
        "waves": [(one, few_of(figures.names(one.provinces))) for one in figures.waves],
        "months": shown(month_table(told)),
        "provinces": shown(province_table(figures, opens, pace, ready)),
    }
    return render(request, "dashboards/plan.html", context, status=422 if form.errors else 200)


@require_POST
@officer_who("pulls_levers")
def ask(request: OfficerRequest) -> HttpResponse:
    """What the address tries, as a change: of a phase to come, or of one that is filled in first.
    Either is for two administrators.
    """
    today = timezone.localdate()
    figures = read_figures(today)
    form = PlanForm(request.GET, pace=figures.pace, places=figures.places)
    which = WaveForm(request.POST, waves=figures.waves)
    opened = form.opened() if form.is_valid() else None
    codes, day = opened or (set(), today)
    if not (figures.to_open(codes) and which.is_valid()):
        return redirect(f"{reverse('plan:page')}?{request.GET.urlencode()}")
    phase = which.chosen()
    wanted = asked_for(figures, codes, day, phase)
    if phase:
        return begin_change(request, "phase", phase.pk, wanted)
    filled = urlencode(wanted | {"provinces": ",".join(wanted["provinces"])})
    return redirect(f"{reverse('admin:rollout_phase_add')}?{filled}")
