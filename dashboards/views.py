from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from audit.actions import Action
from audit.services import Actor, record
from core.rate_limit import limited
from core.required import required
from core.templatetags.thai import people_time
from dashboards.definitions import DEFINITIONS
from dashboards.export import as_document, csv_file, xlsx_file
from dashboards.filters import choice_of, tables_of
from dashboards.maps import CountryMap, country_map
from dashboards.models import Arrival
from dashboards.pages.chosen import chosen
from dashboards.pages.overview import Overview, as_of, overview
from dashboards.periods import form_of, period_of
from dashboards.presenters import shown
from dashboards.tables import Table
from dashboards.wrong_days import telling_wrong_days
from offices.access import officer_who
from offices.models import Office
from offices.requests import OfficerRequest
from registration.devices import device_class

PAGES = {
    "overview": "dashboards/overview.html",
    "funnel": "dashboards/funnel.html",
    "where": "dashboards/where.html",
    "work": "dashboards/work.html",
    "groups": "dashboards/groups.html",
}


def show(
    request: OfficerRequest,
    page: str,
    draws: Callable[[Table], CountryMap] | None = None,
    figures: Overview | None = None,
    **further: object,
) -> HttpResponse:
    choice = choice_of(request.GET)
    tables = tables_of(page, choice, officer=request.user, figures=figures)
    context = {
        "page": page,
        "choice": choice,
        "period": choice.period,
        "form": form_of(choice.period),
        "tables": [shown(table) for table in tables],
        "map": draws(tables[0]) if draws else None,
        "as_of": figures.as_of if figures else as_of(),
        "figures": figures,
    }
    return render(request, PAGES[page], context | further)


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def show_overview(request: OfficerRequest) -> HttpResponse:
    """The page; asked by htmx, only its tiles."""
    if request.htmx:
        return render(request, "dashboards/tiles.html", {"figures": overview()})
    figures, period = overview(), period_of(request.GET)
    return show(request, "overview", figures=figures, chosen=chosen(period, figures.days))


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def show_funnel(request: OfficerRequest) -> HttpResponse:
    return show(request, "funnel")


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def show_where(request: OfficerRequest) -> HttpResponse:
    """The country with its map, or one province with its offices."""
    choice = choice_of(request.GET)
    if choice.province:
        named = Office.objects.filter(province_code=choice.province).first()
        return show(request, "where", province=required(named, "an office").province)
    return show(request, "where", draws=country_map)


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def show_work(request: OfficerRequest) -> HttpResponse:
    return show(request, "work")


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def show_groups(request: OfficerRequest) -> HttpResponse:
    return show(request, "groups")


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def definitions(request: HttpRequest) -> HttpResponse:
    context = {"definitions": DEFINITIONS, "page": "definitions", "tables": []}
    return render(
        request, "dashboards/definitions.html", context | {"period": period_of(request.GET)}
    )


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def file(request: OfficerRequest, page: str, kind: str) -> HttpResponse:
    """A page's tables as a workbook or as data, or one of them as CSV."""
    tables = tables_of(page, choice_of(request.GET), officer=request.user)
    actor = Actor.officer(request.user)
    record(Action.STATISTICS_EXPORTED, None, actor=actor, page=page, kind=kind)
    if kind == "csv":
        table = next((one for one in tables if one.key == request.GET.get("table")), tables[0])
        return csv_file(table, name=f"d-dopa-{page}")
    if kind == "xlsx":
        source = _("Source: log of D.DOPA, %(time)s") % {"time": people_time(as_of())}
        return xlsx_file(tables, name=f"d-dopa-{page}", source=source)
    return JsonResponse(as_document(tables, time=as_of()))


@require_POST
@login_not_required
@csrf_exempt  # it changes nothing of anybody's; `limited` keeps one address from counting much
@limited("arrival")
def arrived(request: HttpRequest) -> HttpResponse:
    """Step 1, the portal was opened: note a class of device and the time, of nobody in particular.

    The page's script asks for it; `fold` adds it to the counters and deletes it.
    """
    Arrival.objects.create(device=device_class(request.headers.get("User-Agent", "")))
    return HttpResponse(status=204)
