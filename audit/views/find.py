"""Searching the log from what people know: whom or what, which days. Looking it up and searching
are entries themselves, of identifiers alone.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import Action
from audit.models import SavedSearch
from audit.models.searches import About
from audit.proofs import NotProvable
from audit.removed import months_removed
from audit.search.files import TooManyEntries, file_of
from audit.search.forms import LookUpForm, SearchForm
from audit.search.query import Search, TakesTooLong
from audit.search.saving import TooManySaved, delete_search, kept_for, save_search
from audit.search.sentences import by_day
from audit.search.subjects import look_up
from audit.services import Actor, Staff, record
from audit.views.access import for_readers
from core.typing import Context

PAGE = 50
PAGE_TEMPLATE = "audit/find.html"


@require_http_methods(["GET", "POST"])
@never_cache
@for_readers
def find(request: HttpRequest) -> HttpResponse:
    """GET: the entries about what a link names, or the questions. POST: what a text may mean."""
    if request.method == "POST":
        return _looked_up(request)
    if not {"about", "subject"} & request.GET.keys():
        return render(request, PAGE_TEMPLATE, _start(request, LookUpForm()))
    form = SearchForm(request.GET)
    if not form.is_valid():
        wrong: Context = {"form": form, "search": None, "days": [], "removed": []}
        return render(request, "audit/found.html", wrong, status=422)
    return _found(request, form)


def _looked_up(request: HttpRequest) -> HttpResponse:
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE_TEMPLATE, _start(request, form), status=422)
    about = About(form.cleaned_data["about"])
    found = look_up(about, form.cleaned_data["text"])
    asked = {"by_about": about.value}
    record(
        Action.AUDIT_VIEWED,
        None,
        actor=Actor.signed_in(request),
        found=[one.pk for one in found],
        **asked,
    )
    return render(request, PAGE_TEMPLATE, _start(request, form) | {"found": found, "asked": True})


def _start(request: HttpRequest, form: LookUpForm) -> Context:
    saved = SavedSearch.objects.visible_to(request.user)  # type: ignore[arg-type] # signed in
    return {"form": form, "kept": kept_for(_reader(request), saved), "found": [], "asked": False}


def _found(request: HttpRequest, form: SearchForm) -> HttpResponse:
    search, place = form.search(), request.GET.get("before", "")
    context: Context = {"form": form, "search": search, "days": [], "older": "", "place": place}
    try:
        entries = search.entries(most=PAGE + 1, before=place)
    except (ValueError, OverflowError) as unreadable:
        raise Http404 from unreadable
    except TakesTooLong:
        entries, context["too_long"] = [], True
    shown = entries[:PAGE]
    more = len(entries) > PAGE
    context["older"] = shown[-1].place if more else ""
    cut_off = more or "too_long" in context
    context["removed"] = [] if cut_off else months_removed(search.since, search.until)
    context["days"] = by_day(shown)
    note_search(request, search, entries=len(shown))
    return render(request, "audit/found.html", context)


def note_search(request: HttpRequest, search: Search, *, entries: int) -> None:
    asked = {f"by_{name}": text for name, text in search.asked.items()}
    record(Action.AUDIT_VIEWED, None, actor=Actor.signed_in(request), entries=entries, **asked)


@require_POST
@never_cache
@for_readers
def find_file(request: HttpRequest) -> HttpResponse:
    """The whole search with its proof; too much for one file is told on the page of the search."""
    search = _asked(request)
    try:
        whole, count = file_of(search)
    except TooManyEntries:
        messages.error(request, _("This is too much for one file. Please choose fewer days."))
    except TakesTooLong:
        messages.error(request, _("This took too long. Please choose fewer days."))
    except NotProvable:
        messages.error(request, _("The log has no signed head yet. Please try again in a minute."))
    else:
        asked = {f"by_{name}": text for name, text in search.asked.items()}
        actor = Actor.signed_in(request)
        record(Action.AUDIT_EXPORTED, None, actor=actor, entries=count, **asked)
        name = f"audit-{search.subject.about}-{search.since}-{search.until}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(whole, content_type="application/zip", headers=headers)
    return redirect(f"{reverse('audit:find')}?{search.query}")


@require_POST
@for_readers
def save(request: HttpRequest) -> HttpResponse:
    search, shared = _asked(request), request.POST.get("shared") == "on"
    try:
        save_search(search, shared=shared, by=_reader(request))
        messages.success(request, _("The search is kept."))
    except TooManySaved:
        messages.error(request, _("You keep as many searches as there can be. Delete one first."))
    return redirect("audit:find")


@require_GET
@never_cache
@for_readers
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the search, which leaves the entry that every search leaves."""
    visible = SavedSearch.objects.visible_to(request.user)  # type: ignore[arg-type] # signed in
    saved = get_object_or_404(visible, pk=pk)
    return redirect(f"{reverse('audit:find')}?{saved.query}")


@require_POST
@for_readers
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedSearch, pk=pk, owner=_reader(request).pk)
    delete_search(saved, by=_reader(request))
    messages.success(request, _("The search is deleted."))
    return redirect("audit:find")


def _asked(request: HttpRequest) -> Search:
    """What the forms of the page send back; anything else was typed by hand."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form.search()


def _reader(request: HttpRequest) -> Staff:
    reader: Staff = request.user  # type: ignore[assignment] # for_readers lets in nobody else
    return reader
