"""The holder's inbox, and the address that messages go to besides."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.presses import press
from core.rate_limit import limited
from identity.contacts import change_contact, masked_contact
from identity.forms import HolderContactForm
from identity.inbox import in_words, mark_seen, notices_of, unread
from identity.models import DigitalID
from identity.unlocking import holder_only, refused

PAGE = 20


@require_GET
@holder_only
def inbox(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """Newest first. Reading marks nothing: the holder does, by the button."""
    page = Paginator(notices_of(digital_id), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "notices": in_words(list(page.object_list)),
        "unread": unread(digital_id),
        "contact": masked_contact(digital_id),
    }
    return render(request, "identity/inbox.html", context)


@press(back="identity:inbox")
@holder_only
def seen(request: HttpRequest, digital_id: DigitalID, pk: uuid.UUID) -> HttpResponse:
    """`pk` is the newest that the page showed."""
    mark_seen(digital_id, newest=get_object_or_404(notices_of(digital_id), pk=pk))
    return redirect("identity:inbox")


@require_http_methods(["GET", "POST"])
@limited("password", per_citizen=True)
@holder_only
def contact(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """Change where messages go, for the password: an open session alone must not silence them."""
    form = HolderContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = refused(request, digital_id, form.cleaned_data["password"])
        if not refusal:
            channel, address = form.cleaned_data["contact"]
            change_contact(
                digital_id, channel=channel, address=address, language=get_language() or "th"
            )
            messages.success(request, _done(address))
            return redirect("identity:inbox")
        form.add_error("password", refusal)
    context = {"form": form, "contact": masked_contact(digital_id)}
    status = 422 if form.is_bound else 200
    return render(request, "identity/contact.html", context, status=status)


def _done(address: str) -> str:
    if address:
        return _("We tell you there from now on.")
    return _("Messages come only here from now on.")
