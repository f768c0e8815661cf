"""The page that shows the plan of the rollout and tries another. It changes nothing: waves are
changed by the lever of the phases.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dashboards.plan.figures import read_figures, readiness
from dashboards.plan.forms import PlanForm
from dashboards.plan.tables import month_table, province_table
from dashboards.presenters import shown
from offices.access import officer_who
from offices.requests import OfficerRequest
from rollout.forecast import moved
from rollout.models import Phase


@require_GET
@never_cache
@officer_who("pulls_levers")
def plan(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    figures = read_figures(today)
    form = PlanForm(request.GET or None, pace=figures.pace)
    opens, pace = figures.planned, figures.pace
    tries = form.is_valid()
    if tries:
        pace, opened = form.tried(), form.opened()
        if opened:
            digits, day = opened
            chosen = [code for code in opens if code[0] in digits]
            opens = moved(opens, chosen, day, today=today)
    told = figures.forecast(opens, pace)
    context = {
        "form": form,
        "figures": figures,
        "planned": figures.forecast(figures.planned, figures.pace),
        "tried": told if tries else None,
        "pace": pace,
        "waves": Phase.objects.filter(starts_on__gt=today, closed=False),
        "months": shown(month_table(told)),
        "provinces": shown(province_table(figures, opens, pace, readiness(figures.places, today))),
    }
    return render(request, "dashboards/plan.html", context, status=422 if form.errors else 200)
