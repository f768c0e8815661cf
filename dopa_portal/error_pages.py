"""What people see when something is refused or broken: what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dopa_portal.rate_limit import TooMany


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, or 429 when it was only too often."""
    too_often = isinstance(exception, TooMany)
    status = 429 if too_often else 403
    return render(request, f"{status}.html", status=status)
