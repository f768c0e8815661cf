"""Ordering a report of a view, and ending it from a mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboards.models import ReportSubscription, Rhythm
from dashboards.reports.subscriptions import ask_for_report, stop_report, wish_of_link
from dashboards.saved.services import visible_to
from offices.access import officer_who
from offices.requests import OfficerRequest


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("watches")
def report(request: OfficerRequest, pk: int) -> HttpResponse:
    """A reader's own choice: none, or a rhythm and a language."""
    view = get_object_or_404(visible_to(request.user), pk=pk)
    if request.method == "POST":
        rhythm, language = (request.POST.get(name, "") for name in ("rhythm", "language"))
        if rhythm in Rhythm and language in dict(settings.LANGUAGES):
            ask_for_report(view, by=request.user, rhythm=rhythm, language=language)
            messages.success(request, gettext("The report is ordered."))
        else:
            stop_report(view.pk, by=request.user)
            messages.success(request, gettext("The report is stopped."))
        return redirect("dashboards:views")
    context = {
        "view": view,
        "wish": ReportSubscription.objects.filter(officer=request.user, view=view).first(),
        "rhythms": Rhythm.choices,
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "hour": settings.SUMMARY_AT,
    }
    return render(request, "dashboards/report.html", context)


@login_not_required
@csrf_exempt  # mail programs end it with a POST of their own; the token is what counts
@require_http_methods(["GET", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; the button, or the mail program's, ends the mails."""
    found = wish_of_link(token)
    if found is None:
        raise Http404
    officer, view_id = found
    if request.method == "POST":
        stop_report(view_id, by=officer)
    wants = ReportSubscription.objects.filter(officer=officer, view=view_id).exists()
    return render(request, "dashboards/stop_report.html", {"wants": wants})
