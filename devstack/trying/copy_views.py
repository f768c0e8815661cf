"""The copy of the log: change an entry, check, put it back."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from devstack.trying.choice import COPY, choose
from devstack.trying.log_copy import copied

CHECKED = ".checked"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """GET shows the copy. POST changes the `entry` of that number, checks, or puts all back."""
    kept = request.COOKIES.get(COPY, "")
    if request.method == "POST":
        return _acted(request, kept.removesuffix(CHECKED))
    number = kept.removesuffix(CHECKED)
    entries = copied(int(number) if number.isdecimal() else None)
    context = {
        "entries": entries,
        "changed": any(one.changed for one in entries),
        "checked": kept.endswith(CHECKED),
        "found": [one for one in entries if not one.holds],
    }
    return render(request, "trying/copy.html", context)


def _acted(request: HttpRequest, number: str) -> HttpResponse:
    response = redirect("trying:copy")
    if request.POST.get("entry", "").isdecimal():
        return choose(response, COPY, request.POST["entry"])
    if "check" in request.POST:
        return choose(response, COPY, number + CHECKED)
    response.delete_cookie(COPY)
    return response
