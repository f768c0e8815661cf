"""The holder's copy of the data, to read and to take away."""

import time

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.rate_limit import limited
from identity import sessions
from identity.data_copy import as_read, ask_for_copy, make_copy
from identity.forms import PasswordForm
from identity.models import DigitalID
from identity.passwords import PasswordRefused
from identity.unlocking import holder_only

OPENED_AT, OPEN_SECONDS = "copy_opened", 5 * 60


@require_http_methods(["GET", "POST"])
@limited("password", per_citizen=True)
@holder_only
def data(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """For the password once more the copy is open for minutes, on this page and as a file."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            origin = sessions.origin_of(request)
            ask_for_copy(digital_id, **form.cleaned_data, origin=origin)
            request.session[OPENED_AT] = time.time()
            return redirect("identity:data")
        except PasswordRefused as refusal:
            form.add_error("password", str(refusal))
    parts = as_read(make_copy(digital_id, kind="page")) if _is_open(request) else []
    status = 422 if form.is_bound else 200
    return render(request, "identity/data.html", {"form": form, "parts": parts}, status=status)


@require_safe
@holder_only
def data_file(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    if not _is_open(request):
        return redirect("identity:data")
    answer = JsonResponse(
        make_copy(digital_id, kind="file"),
        encoder=DjangoJSONEncoder,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = 'attachment; filename="d-dopa.json"'
    return answer


def _is_open(request: HttpRequest) -> bool:
    return (
        request.method != "POST"
        and 0 <= time.time() - request.session.get(OPENED_AT, 0) <= OPEN_SECONDS
    )
