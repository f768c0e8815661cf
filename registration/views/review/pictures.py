"""The pictures of a case within reach. They are never kept by the browser or a proxy."""

import uuid

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.templatetags.thai import BUDDHIST_OFFSET
from core.typing import Json
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.models import EvidenceKind
from registration.services.renewing import FORMER
from registration.services.review import BENT, view_former, view_picture
from registration.views.review.reach import case_within_reach
from registration.watermark import watermarked
from verification.film import rows_of

SHOWN_PICTURES = (
    EvidenceKind.PORTRAIT,
    EvidenceKind.SELFIE,
    EvidenceKind.FRAMES,
    EvidenceKind.CARD_FRONT,
    EvidenceKind.CARD_BACK,
)


def film_shown(details: Json | None) -> dict[str, str] | None:
    """How the frames lie on the sheet of head turns and when they were taken, for case-film.js;
    None where that is not known of each.
    """
    sizes, colours, times = (
        (details or {}).get(name, []) for name in ("sizes", "colours", "times")
    )
    rows = rows_of(sizes, colours)
    if not rows or sum(rows) != len(times):
        return None
    return {"rows": " ".join(map(str, rows)), "times": " ".join(map(str, times))}


@require_GET
@never_cache
@officer_who("reads_cases")
def picture(request: OfficerRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    if kind not in (*SHOWN_PICTURES, FORMER, BENT):
        raise Http404
    enrollment = case_within_reach(request, pk)
    if kind == FORMER:
        seen = view_former(enrollment, officer=request.user)
    else:
        seen = view_picture(enrollment, kind, officer=request.user)
    if seen is None:
        raise Http404
    return marked_picture(request, seen)


def marked_picture(request: OfficerRequest, jpeg: bytes) -> HttpResponse:
    """The picture with who looks at it and when."""
    marked = watermarked(jpeg, text=f"{request.user.email}  {_now()}")
    return HttpResponse(marked, content_type="image/jpeg")


def _now() -> str:
    """In the reader's calendar, which is named: a mark has Latin letters and digits alone."""
    now, thai = timezone.localtime(), get_language() == "th"
    year, era = (now.year + BUDDHIST_OFFSET, "BE") if thai else (now.year, "CE")
    return f"{year}-{now:%m-%d %H:%M:%S} {era}"
