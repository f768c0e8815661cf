"""The supervisor's page: what waits, what was decided today, by whom, how fast."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.services.review_numbers import supervisors_numbers


@require_GET
@never_cache
@officer_who("supervises")
def numbers(request: OfficerRequest) -> HttpResponse:
    return render(request, "review/numbers.html", {"numbers": supervisors_numbers(request.user)})
