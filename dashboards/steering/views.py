"""The page of targets and alerts; a change is asked for on the page of the levers."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dashboards.models import FigureValue
from dashboards.periods import period_of
from dashboards.steering.forms import ValueForm
from dashboards.values.table import VALUES, values_now
from offices.access import officer_who
from offices.lever_views import begin_change
from offices.requests import OfficerRequest


@require_GET
@never_cache
@officer_who("watches")
def values(request: OfficerRequest) -> HttpResponse:
    now = values_now()
    changed = dict(FigureValue.objects.values_list("key", "changed_at"))
    rows = [
        {"key": key, "bounds": bounds, "value": now[key], "changed_at": changed.get(key)}
        for key, bounds in VALUES.items()
    ]
    context = {"page": "values", "period": period_of(QueryDict()), "tables": [], "rows": rows}
    return render(request, "dashboards/values.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("pulls_levers")
def change(request: OfficerRequest, key: str) -> HttpResponse:
    """Fills a change in; the lever's page shows what it does before anything is asked."""
    if key not in VALUES:
        raise Http404
    present = values_now()[key]
    form = ValueForm(request.POST or None, key=key, initial={"value": present})
    if request.method == "POST" and form.is_valid():
        return begin_change(request, "figures", key, {"value": form.cleaned_data["value"]})
    context = {"form": form, "key": key, "bounds": VALUES[key], "value": present}
    return render(request, "dashboards/value.html", context, status=422 if form.is_bound else 200)
