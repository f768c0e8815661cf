"""Showing the digital ID on the citizen's phone, and checking one that is shown."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dopa_portal.rate_limit import limited
from dopa_portal.storage import read_sealed
from identity import sessions
from identity.forms import UnlockForm
from identity.models import DigitalID
from identity.numbers import mask_number
from identity.passwords import PasswordRefused, try_password


def holder_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the unlocked digital ID of this browser; others are asked for the password or led home."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        digital_id = sessions.held_by(request)
        if digital_id is None:
            return redirect("registration:home")
        if not sessions.is_unlocked(request):
            return redirect("identity:unlock")
        return view(request, digital_id, *args, **kwargs)

    return guarded


@require_GET
@holder_only
def card(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    holder = digital_id.holder
    context = {
        "digital_id": digital_id,
        "holder": holder,
        "masked_number": mask_number(holder["number"]),
        "device": sessions.device_of(request),
    }
    return render(request, "identity/card.html", context)


@require_GET
@holder_only
def photo(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    return HttpResponse(read_sealed(digital_id.portrait), content_type="image/jpeg")


@login_not_required
@never_cache
@limited("password")
def unlock(request: HttpRequest) -> HttpResponse:
    digital_id = sessions.held_by(request)
    if digital_id is None:
        return redirect("registration:home")
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        try:
            try_password(digital_id, form.cleaned_data["password"])
            sessions.unlock(request, digital_id=digital_id.pk)
            return redirect("identity:card")
        except PasswordRefused as refusal:
            form.add_error("password", str(refusal))
    status = 422 if form.is_bound else 200
    return render(request, "identity/unlock.html", {"form": form}, status=status)


@require_GET
@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Opened by scanning a shown code: the code rides in the fragment, which no server log ever
    sees.
    """
    return render(request, "identity/check.html")
