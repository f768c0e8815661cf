"""The page where administrators and auditors read the log. Reading it is itself written down."""

from contextlib import nullcontext
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audit.actions import Action
from audit.forms import EntryFilter
from audit.models import Entry, EntryQuerySet
from audit.narrowing import detail_in_words
from audit.removed import months_removed
from audit.search.query import TakesTooLong, in_bounded_time
from audit.services import Actor, record
from audit.views.access import for_readers
from audit.words import in_words
from core.requests import PortalRequest
from core.typing import Context

PAGE = 50
NO_COLUMNS = {"detail", "only"}  # no index has what these look at


@require_GET
@never_cache
@for_readers
def list_entries(request: PortalRequest) -> HttpResponse:
    """Entries, newest first; asked by htmx, only their table."""
    form = EntryFilter(request.GET)
    context: Context = {"form": form, "entries": [], "query": "", "older": "", "place": ""}
    context["removed"] = []
    context |= {"shortened": False, "too_long": False, "detail": "", "wider": ""}
    if form.is_valid():
        asked = form.asked()
        context |= _one_page(request, form) | {"query": urlencode(asked), "shortened": not asked}
        context |= _narrowed(asked)
        record(
            Action.AUDIT_VIEWED,
            None,
            actor=Actor.signed_in(request),
            entries=len(context["entries"]),
            **{f"by_{name}": text for name, text in asked.items()},
        )
    part = "audit/parts/entries.html" if request.htmx else "audit/list.html"
    return render(request, part, context)


def _one_page(request: HttpRequest, form: EntryFilter) -> Context:
    entries = form.applied_to(Entry.objects.visible_to(request.user))
    place = request.GET.get("before", "")
    if place:
        entries = _older_than(entries, place)
    try:
        with in_bounded_time() if NO_COLUMNS & form.asked().keys() else nullcontext():
            found = list(entries[: PAGE + 1])
    except TakesTooLong:
        return {"too_long": True, "place": place}
    shown, more = found[:PAGE], len(found) > PAGE
    days = form.cleaned_data["since"], form.cleaned_data["until"]
    return {
        "entries": in_words(shown),
        "older": shown[-1].place if more else "",
        "place": place,
        "removed": [] if more else months_removed(*days),
    }


def _narrowed(asked: dict[str, str]) -> Context:
    """What the entries of the page tell, in words, and the filters without it."""
    if "detail" not in asked:
        return {}
    wider = urlencode({name: text for name, text in asked.items() if name != "detail"})
    return {"detail": detail_in_words(asked["detail"]), "wider": wider}


def _older_than(entries: EntryQuerySet, place: str) -> EntryQuerySet:
    try:
        return entries.before(place)
    except (ValueError, OverflowError) as unreadable:
        raise Http404 from unreadable
