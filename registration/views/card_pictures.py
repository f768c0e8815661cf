"""The citizen's own photos of the card, beside the fields that were read off them."""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image

from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import load_picture
from registration.views.sessions import citizen_step

LONGEST = 1000  # letters of a card are read well at it, and a slow line is not held up
SIDES = {"front": EvidenceKind.CARD_FRONT, "back": EvidenceKind.CARD_BACK}


@require_safe
@citizen_step("confirm")
def card_picture(request: HttpRequest, enrollment: Enrollment, side: str) -> HttpResponse:
    """Only while the data are to be confirmed, and not for who came back by the reference."""
    kept = load_picture(enrollment, SIDES[side])
    if kept is None:
        raise Http404
    return HttpResponse(smaller(kept), content_type="image/jpeg")


def smaller(jpeg: bytes) -> bytes:
    """No side longer than LONGEST pixels."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.draft("RGB", (LONGEST, LONGEST))
        picture.thumbnail((LONGEST, LONGEST))
        picture.convert("RGB").save(made, "JPEG", quality=80)
    return made.getvalue()
