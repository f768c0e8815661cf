"""Step 1: the portal was opened. Counted by the page's script, of nobody in particular."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.rate_limit import limited
from dashboards.models import Arrival
from registration.devices import device_class


@require_POST
@login_not_required
@csrf_exempt  # it changes nothing of anybody's; `limited` keeps one address from counting much
@limited("arrival")
def arrived(request: HttpRequest) -> HttpResponse:
    """Note a class of device and the time. `fold` adds it to the counters and deletes it."""
    Arrival.objects.create(device=device_class(request.headers.get("User-Agent", "")))
    return HttpResponse(status=204)
