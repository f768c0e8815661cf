"""Sign-ins and permissions in one place: where the digital ID was opened, which services are told
what; and ending either.
"""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.presses import press
from identity.models import DigitalID
from identity.openings import openings_of
from identity.unlocking import holder_only
from relying_parties.claims import Claim
from relying_parties.models import Grant
from relying_parties.services import end_grant


def own_grants(digital_id: DigitalID) -> QuerySet[Grant]:
    live = Grant.objects.filter(digital_id_key=digital_id.pk, ended_at=None)
    return live.select_related("relying_party").order_by("-used_at", "-given_at")


@require_GET
@holder_only
def services(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    rows = [
        {"grant": grant, "claims": [Claim(name).label for name in grant.claims]}
        for grant in own_grants(digital_id)
    ]
    context = {"rows": rows, "openings": openings_of(digital_id)}
    return render(request, "relying_parties/services.html", context)


@press(back="relying_parties:services")
@holder_only
def end(request: HttpRequest, digital_id: DigitalID, pk: uuid.UUID) -> HttpResponse:
    grant = get_object_or_404(own_grants(digital_id), pk=pk)
    end_grant(grant, digital_id=digital_id)
    words = _("%(service)s is told nothing more. What it has already learnt, it keeps by law.")
    messages.success(request, words % {"service": grant.relying_party})
    return redirect("relying_parties:services")
