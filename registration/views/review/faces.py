"""Portrait and selfie with the faces laid upon each other: for the eye that compares them."""

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.models import EvidenceKind
from registration.services.review import view_picture
from registration.views.review.pictures import marked_picture
from registration.views.review.reach import case_within_reach
from verification.faces.alignment import upright_portrait
from verification.faces.engine import Face, find_faces
from verification.faces.portraits import find_portrait_face
from verification.images import decode, encode
from verification.images.arrays import Picture

FACES = (EvidenceKind.PORTRAIT, EvidenceKind.SELFIE)


@require_GET
@never_cache
@officer_who("reads_cases")
def face(request: OfficerRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """The face of a picture, 360 x 450, eyes and mouth always at the same places."""
    if kind not in FACES:
        raise Http404
    seen = view_picture(case_within_reach(request, pk), kind, officer=request.user)
    if not seen:
        raise Http404
    upright = upright_face(seen, kind)
    if upright is None:
        raise Http404
    return marked_picture(request, upright)


def upright_face(jpeg: bytes, kind: str) -> bytes | None:
    """The face of a picture; None where none is found."""
    picture = decode(jpeg)
    found = _face(picture, kind)
    return None if found is None else encode(upright_portrait(picture, found.points))


def _face(picture: Picture, kind: str) -> Face | None:
    if kind == EvidenceKind.PORTRAIT:
        printed = find_portrait_face(picture)
        return printed.face if printed else None
    return next(iter(find_faces(picture)), None)
