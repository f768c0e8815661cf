"""Days that make no sense are told beside the form; no other days stand in for them."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.typing import Context, Page
from dashboards.filters import PAGES, Choice
from dashboards.periods import WrongDays, period_of


def telling_wrong_days(view: Page) -> Page:
    """Answer with the form and what is wrong in it, and without figures."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except WrongDays as wrong:
            return _told(request, wrong)

    return asked


def _told(request: HttpRequest, wrong: WrongDays) -> HttpResponse:
    """On the page that was asked for; a file has none of its own."""
    match, period = request.resolver_match, period_of(QueryDict())
    named = match.kwargs.get("page", match.url_name) if match else PAGES[0]
    page = named if named in PAGES else PAGES[0]
    context: Context = {
        "page": page,
        "action": f"dashboards:{page}",
        "form": wrong.form,
        "period": period,
        "choice": Choice(period, "", ""),
        "tables": [],
    }
    return render(request, "dashboards/wrong_days.html", context, status=422)
