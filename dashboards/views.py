import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from audit.actions import Action
from audit.services import Actor, record
from core.rate_limit import limited
from core.required import required
from core.templatetags.thai import people_time
from core.typing import Context
from dashboards.behind import told_to
from dashboards.definitions import DEFINITIONS
from dashboards.export import as_document, csv_file, xlsx_file
from dashboards.filters import Choice, choice_of, tables_of
from dashboards.kept import kept, reach_of
from dashboards.maps import CountryMap, country_map
from dashboards.models import Arrival
from dashboards.pages.chosen import chosen
from dashboards.pages.overview import Overview, as_of, overview
from dashboards.pages.waiting import waiting_of
from dashboards.periods import form_of, period_of
from dashboards.presenters import ShownTable, shown
from dashboards.saved.services import start_address
from dashboards.tables import Table
from dashboards.wrong_days import telling_wrong_days
from offices.access import officer_who
from offices.models import Office, Officer
from offices.requests import OfficerRequest
from registration.devices import device_class

PAGES = {
    "overview": "dashboards/overview.html",
    "funnel": "dashboards/funnel.html",
    "where": "dashboards/where.html",
    "work": "dashboards/work.html",
    "groups": "dashboards/groups.html",
}


@dataclass(frozen=True)
class Drawn:
    """What a page shows to all of the same reach: its tables, and as markup these, the choice of
    days above them, what the days came to, and the map.
    """

    tables: list[ShownTable]
    head: SafeString
    chosen: SafeString
    markup: SafeString
    map: SafeString
    as_of: datetime.datetime


def show(
    request: OfficerRequest,
    page: str,
    draws: Callable[[Table], CountryMap] | None = None,
    figures: Overview | None = None,
    **further: object,
) -> HttpResponse:
    choice, officer = choice_of(request.GET), request.user
    key = (page, choice.query, get_language(), *reach_of(officer))
    drawn = kept(key, lambda: _drawn(page, choice, officer, draws=draws, figures=figures))
    context = {
        "page": page,
        "choice": choice,
        "period": choice.period,
        "tables": drawn.tables,
        "head": drawn.head,
        "chosen": drawn.chosen,
        "drawn": drawn.markup,
        "map": drawn.map,
        "as_of": drawn.as_of,
    }
    return render(request, PAGES[page], context | further)


def _drawn(
    page: str,
    choice: Choice,
    officer: Officer,
    *,
    draws: Callable[[Table], CountryMap] | None,
    figures: Overview | None,
) -> Drawn:
    tables = tables_of(page, choice, officer=officer, figures=figures)
    tables = told_to(tables, reads_log=officer.reads_audit)
    shown_tables, time = [shown(table) for table in tables], figures.as_of if figures else as_of()
    context = {"tables": shown_tables, "choice": choice, "page": page, "as_of": time}
    head = {"form": form_of(choice.period), "period": choice.period}
    return Drawn(
        tables=shown_tables,
        head=render_to_string("dashboards/head.html", context | head),
        chosen=_chosen(choice, figures) if figures else SafeString(),
        markup=render_to_string("dashboards/tables.html", context),
        map=_map(draws(tables[0]), choice) if draws else SafeString(),
        as_of=time,
    )


def _chosen(choice: Choice, figures: Overview) -> SafeString:
    sums = chosen(choice.period, figures.days)
    return render_to_string("dashboards/chosen.html", {"chosen": sums})


def _map(country: CountryMap, choice: Choice) -> SafeString:
    return render_to_string("dashboards/map.html", {"map": country, "period": choice.period})


@require_GET
@never_cache
@officer_who("watches")
@telling_wrong_days
def show_overview(request: OfficerRequest) -> HttpResponse:
    """The page; asked by htmx, only its tiles. Without a choice, the reader's own beginning."""
    officer = request.user
    if not request.htmx and not request.GET and (start := start_address(officer)):
        return redirect(start)
    reader = officer.pk if officer.reads_cases else None  # a list of cases is each one's own
    key = ("tiles", get_language(), *reach_of(officer), reader)
    figures, tiles = kept(key, lambda: _tiles(officer))
    if request.htmx:
        return HttpResponse(tiles)
    return show(request, "overview", figures=figures, tiles=tiles)


def _tiles(officer: Officer) -> tuple[Overview, SafeString]:
    """What stands out, and its tiles."""
    figures = overview()
    context: Context = {"figures": figures, "waiting": waiting_of(officer)}
    return figures, render_to_string("dashboards/tiles.html", context)


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
