"""Where a holder begins to have the digital ID issued anew; the steps are those of a first time."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dopa_portal.rate_limit import limited
from registration.devices import device_class
from registration.models import Channel
from registration.services.enrolling import start_enrollment
from registration.views.sessions import enrollment_of, page_of, remember


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("start")
def renew(request: HttpRequest) -> HttpResponse:
    """A GET explains; the press begins. No gate of the rollout stands before a renewal."""
    if request.method == "POST":
        enrollment, _token = start_enrollment(
            channel=Channel.SELF,
            language=get_language() or settings.LANGUAGE_CODE,
            device=device_class(request.headers.get("User-Agent", "")),
            renewal=True,
        )
        remember(request, enrollment)
        return redirect("registration:terms")
    begun = enrollment_of(request)
    going_on = page_of(begun) if begun and begun.renewal and begun.is_open else ""
    return render(request, "registration/renew.html", {"going_on": going_on})
