"""Ordering the daily summary, and ending it from a mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboards.models import SummaryWish
from dashboards.summary.subscriptions import ask_for_summary, officer_of_link, stop_summary
from offices.access import officer_who


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("watches")
def summary(request: HttpRequest) -> HttpResponse:
    """A reader's own choice: none, or a mail each morning in a language."""
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            ask_for_summary(request.user, language=language)
            messages.success(request, gettext("The daily summary is ordered."))
        else:
            stop_summary(request.user)
            messages.success(request, gettext("The daily summary is stopped."))
        return redirect("dashboards:summary")
    context = {
        "wish": SummaryWish.objects.filter(officer=request.user).first(),
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "hour": settings.SUMMARY_AT,
    }
    return render(request, "dashboards/summary.html", context)


@login_not_required
@csrf_exempt  # mail programs end it with a POST of their own; the token is what counts
@require_http_methods(["GET", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; the button, or the mail program's, ends the mails."""
    officer = officer_of_link(token)
    if officer is None:
        raise Http404
    if request.method == "POST":
        stop_summary(officer)
    wants = SummaryWish.objects.filter(officer=officer).exists()
    return render(request, "dashboards/stop_summary.html", {"wants": wants})
