"""Choices of cases that an officer keeps by name."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.models import SavedView
from registration.views.review.forms import QueueForm

MOST_VIEWS = 12


class ViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=40)
    query = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


@require_POST
@officer_who("decides")
def save(request: OfficerRequest) -> HttpResponse:
    """Keep the present choice under a name; the same name again takes its place."""
    form = ViewForm(request.POST)
    query = _known(request.POST.get("query", ""), request)
    kept = request.user.saved_views
    if not form.is_valid():
        messages.error(request, _("Please give the view a name of at most 40 letters."))
    elif kept.count() >= MOST_VIEWS:
        messages.error(request, _("There are twelve views already. Please remove one first."))
    else:
        kept.update_or_create(name=form.cleaned_data["name"], defaults={"query": query})
    return redirect(f"{reverse('review:queue')}?{query}")


@require_POST
@officer_who("decides")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedView, pk=pk, officer=request.user).delete()
    return redirect("review:queue")


def _known(query: str, request: OfficerRequest) -> str:
    """Only the parts of the query that the queue's form knows, and only if they are valid."""
    known = QueueForm.base_fields
    kept = urlencode([(name, value) for name, value in parse_qsl(query) if name in known])
    return kept if QueueForm(QueryDict(kept), officer=request.user).is_valid() else ""
