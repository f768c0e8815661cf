"""The page of notes: read by all who watch, written by administrators."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dashboards.models import Note
from dashboards.notes.forms import NoteForm
from dashboards.notes.services import NoteRefused, remove_note, write_note
from dashboards.periods import period_of
from offices.access import officer_who
from offices.requests import OfficerRequest

MOST = 200


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("watches")
def notes(request: OfficerRequest) -> HttpResponse:
    """What stands, what was removed, and for administrators the form of a new one."""
    form = NoteForm(request.POST or None) if request.user.pulls_levers else None
    if form and form.is_valid():
        try:
            write_note(form.draft, by=request.user)
        except NoteRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The note stands."))
            return redirect("dashboards:notes")
    found = Note.objects.select_related("written_by", "removed_by").order_by("-first_day", "-pk")
    context = {
        "form": form,
        "standing": found.filter(removed_at=None)[:MOST],
        "removed": found.exclude(removed_at=None)[:MOST],
        "period": period_of(QueryDict()),
        "page": "notes",
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "dashboards/notes.html", context, status=status)


@require_POST
@officer_who("pulls_levers")
def remove(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    if remove_note(get_object_or_404(Note, pk=pk), by=request.user):
        messages.success(request, _("The note is removed. It stays in the list below."))
    return redirect("dashboards:notes")
