"""The decision that an officer may still take back: offered on the page that follows it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.errors import Refused
from registration.models import Enrollment, ServedExercise
from registration.services.decisions import undo_decision
from registration.views.review.reach import case_within_reach

KEPT = "review-undo"


class Undo(NamedTuple):
    """`seconds` are left."""

    pk: uuid.UUID
    reference: str
    seconds: int


def offer_undo(request: HttpRequest, decided: Enrollment | ServedExercise) -> None:
    until = timezone.now() + settings.DECISION_UNDONE_WITHIN
    request.session[KEPT] = [str(decided.pk), decided.reference, until.isoformat()]


def to_undo(request: HttpRequest) -> Undo | None:
    if KEPT not in request.session:
        return None
    pk, reference, until = request.session[KEPT]
    seconds = int((datetime.fromisoformat(until) - timezone.now()).total_seconds())
    return Undo(uuid.UUID(pk), reference, seconds) if seconds > 0 else None


@require_POST
@officer_who("decides")
def undo(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    return take_back(
        request,
        pk,
        lambda: undo_decision(case_within_reach(request, pk), officer=request.user),
    )


def take_back(request: OfficerRequest, pk: uuid.UUID, undone: Callable[[], object]) -> HttpResponse:
    request.session.pop(KEPT, None)
    try:
        undone()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The decision was taken back; the case is yours again."))
    return redirect("review:case", pk=pk)
