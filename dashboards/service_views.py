"""The pages of how the service is. Without the database core.error_pages answers for them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dashboards.service import figures, service_told


@require_safe
@login_not_required
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "service/citizens.html", {"told": service_told()})


@require_safe
@never_cache
def show_to_staff(request: HttpRequest) -> HttpResponse:
    return render(request, "service/staff.html", {"told": service_told(), "figures": figures()})
