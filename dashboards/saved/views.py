"""The page of saved views: keeping one, opening, beginning with, and removing it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dashboards.filters import PAGES, choice_of
from dashboards.models import StartView
from dashboards.periods import period_of
from dashboards.saved.forms import ViewForm
from dashboards.saved.services import (
    ViewRefused,
    address_of,
    begin_with,
    remove_view,
    save_view,
    visible_to,
)
from dashboards.wrong_days import telling_wrong_days
from offices.access import officer_who
from offices.requests import OfficerRequest


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("watches")
@telling_wrong_days
def views(request: OfficerRequest) -> HttpResponse:
    """All that are there; with the page one came from, the form that keeps it."""
    form = _form(request)
    if form and form.is_valid():
        data = form.cleaned_data
        choice = choice_of(QueryDict(data["query"]))
        try:
            save_view(
                data["name"], page=data["page"], choice=choice, by=request.user,
                shared_with=data.get("shared_with", ""),
            )  # fmt: skip
        except ViewRefused as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, _("The view is saved."))
            return redirect("dashboards:views")
    ordered = {wish.view_id: wish.get_rhythm_display() for wish in request.user.report_wishes.all()}
    rows = [(view, address_of(view), ordered.get(view.pk, "")) for view in visible_to(request.user)]
    start = StartView.objects.filter(officer=request.user).values_list("view", flat=True).first()
    context = {
        "page": "views",
        "period": period_of(QueryDict()),
        "form": form,
        "rows": rows,
        "start": start,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "dashboards/views.html", context, status=status)


def _form(request: OfficerRequest) -> ViewForm | None:
    if request.method == "POST":
        return ViewForm(request.POST, officer=request.user)
    page = request.GET.get("page", "")
    if page not in PAGES:
        return None
    query = choice_of(request.GET).query
    return ViewForm(initial={"page": page, "query": query}, officer=request.user)


@require_POST
@officer_who("watches")
def remove(request: OfficerRequest, pk: int) -> HttpResponse:
    remove_view(get_object_or_404(request.user.figures_views, pk=pk), by=request.user)
    messages.success(request, _("The view is removed."))
    return redirect("dashboards:views")


@require_POST
@officer_who("watches")
def start(request: OfficerRequest) -> HttpResponse:
    """The chosen view, or none, is what the dashboard begins with."""
    chosen = request.POST.get("view", "")
    number = int(chosen) if chosen.isdecimal() and len(chosen) < len(str(2**31)) else 0
    view = get_object_or_404(visible_to(request.user), pk=number) if chosen else None
    begin_with(view, by=request.user)
    messages.success(request, _("The dashboard begins as you chose."))
    return redirect("dashboards:views")
