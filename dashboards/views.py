from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dashboards.figures import overview
from offices.access import officer_who


@require_GET
@never_cache
@officer_who("watches")
def show_overview(request: HttpRequest) -> HttpResponse:
    """The page; asked by htmx, only its figures."""
    part = "dashboards/_overview.html" if request.htmx else "dashboards/overview.html"
    return render(request, part, {"figures": overview()})


@require_GET
@never_cache
@officer_who("watches")
def series(request: HttpRequest) -> JsonResponse:
    """Sign-ups by day for the chart."""
    figures = overview()
    return JsonResponse(
        {"days": [{"day": one.day.isoformat(), "count": one.count} for one in figures.series]}
    )
