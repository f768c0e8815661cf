"""The citizen's page "who looked at my data", and the way to ask about an access."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.actions import Action
from audit.services import Actor, record
from core.rate_limit import limited
from identity.access import PAGE, AskedAlready, accesses, ask_about, entries_of
from identity.forms import AskForm
from identity.models import DigitalID
from identity.unlocking import holder_only


@require_GET
@holder_only
def access(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """Each access, newest first. That the citizen read this is an entry itself."""
    entries, place = entries_of(digital_id), request.GET.get("before", "")
    try:
        entries = entries.before(place) if place else entries
    except (ValueError, OverflowError) as unreadable:
        raise Http404 from unreadable
    found = list(entries[: PAGE + 1])
    actor = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    record(Action.ACCESS_LOG_READ, digital_id, actor=actor)
    context = {
        "accesses": accesses(digital_id, found[:PAGE]),
        "older": found[PAGE - 1].place if len(found) > PAGE else "",
        "place": place,
    }
    return render(request, "identity/access.html", context)


@require_http_methods(["GET", "POST"])
@limited("question")
@holder_only
def ask(request: HttpRequest, digital_id: DigitalID, pk: int) -> HttpResponse:
    entry = get_object_or_404(entries_of(digital_id), pk=pk)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_about(digital_id, entry, words=form.cleaned_data["words"])
            messages.success(request, _("Your question is with the administrators."))
        except AskedAlready:
            messages.info(request, _("You have asked about this already."))
        return redirect("identity:access")
    [shown] = accesses(digital_id, [entry])
    status = 422 if form.is_bound else 200
    return render(request, "identity/ask.html", {"form": form, "access": shown}, status=status)
