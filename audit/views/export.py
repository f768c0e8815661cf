"""A period of the log as a signed file, streamed. Taking it is itself written down."""

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.actions import Action
from audit.exports import export_period
from audit.forms import PeriodForm
from audit.services import Actor, record
from audit.views.access import for_readers


@require_http_methods(["GET", "POST"])
@never_cache
@for_readers
def export(request: HttpRequest) -> HttpResponseBase:
    """GET asks for the period, POST gives its entries and writes down that it did."""
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "audit/export.html", {"form": form}, status=status)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    record(
        Action.AUDIT_EXPORTED,
        None,
        actor=Actor.signed_in(request),
        since=str(since),
        until=str(until),
    )
    name = f"audit-{since}-{until}.ndjson"
    return StreamingHttpResponse(
        export_period(*form.instants()),
        content_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
