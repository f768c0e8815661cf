"""What people see when something is refused or broken: what happened and what to do."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.rate_limit import Crowded, TooMany


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, or 429 when it was only too often, or by too many."""
    if not isinstance(exception, TooMany):
        return render(request, "403.html", status=403)
    context = {"retry_minutes": math.ceil(exception.wait / 60)}
    page = "crowded.html" if isinstance(exception, Crowded) else "429.html"
    answer = render(request, page, context, status=429)
    answer.headers["Retry-After"] = str(exception.wait)
    return answer
