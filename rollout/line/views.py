"""The page of whoever waits to begin."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registration.views.tickets import ticket_of
from rollout.line.snapshot import present
from rollout.line.standing import standing_of
from rollout.line.tickets import number_of
from rollout.models import UsedTicket


@login_not_required
@require_safe
@never_cache
def line(request: HttpRequest) -> HttpResponse:
    """Of a browser without a ticket, or with one that was used, nothing waits: the first page."""
    number = number_of(ticket_of(request))
    if number is None or UsedTicket.objects.filter(pk=number).exists():
        return redirect("registration:home")
    minutes = settings.LINE_TURN_LASTS // timedelta(minutes=1)
    standing = standing_of(number, present())
    context = {"number": number, "standing": standing, "minutes": minutes}
    return render(request, "rollout/line.html", context)
