"""The pictures of a case within reach. They are never kept by the browser or a proxy."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dopa_portal.storage import read_sealed
from offices.access import officer_who
from registration.models import EvidenceKind
from registration.services.evidence import current_picture
from registration.views.review.reach import case_within_reach

SHOWN_PICTURES = (
    EvidenceKind.PORTRAIT,
    EvidenceKind.SELFIE,
    EvidenceKind.CARD_FRONT,
    EvidenceKind.CARD_BACK,
)


@require_GET
@never_cache
@officer_who("decides")
def picture(request: HttpRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    if kind not in SHOWN_PICTURES:
        raise Http404
    evidence = current_picture(case_within_reach(request, pk), kind)
    if evidence is None:
        raise Http404
    return HttpResponse(read_sealed(evidence.name), content_type="image/jpeg")
