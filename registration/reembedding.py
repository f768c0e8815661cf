"""The kept faces again, by another model: until then its faces find none of the older ones.

A face is taken from the enrollment's selfie or, once that has been deleted, from the photo of the
digital ID it led to. One at a time, each in a transaction of its own: to be stopped and started
again at will.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction

from core.storage import read_sealed
from identity.models import DigitalID
from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import load_picture
from verification.faces.engine import embed, find_faces
from verification.faces.search import remember_face
from verification.images import decode
from verification.models import FaceTemplate


def embed_again(*, progress: Callable[[int], None]) -> Counter:
    """How many faces of older models were `embedded` anew, and how many had `no_picture` left."""
    counts: Counter = Counter()
    for template in _of_older_models():
        counts["embedded" if _embed_one(template) else "no_picture"] += 1
        progress(counts.total())
    return counts


def _of_older_models() -> Iterator[FaceTemplate]:
    older = FaceTemplate.objects.exclude(model=settings.FACE_EMBEDDER["name"])
    return older.only("subject", "owner").order_by("subject").iterator(chunk_size=500)


@transaction.atomic
def _embed_one(template: FaceTemplate) -> bool:
    data = _photo(Enrollment.objects.select_for_update().get(pk=template.subject))
    picture = decode(data) if data else None
    faces = find_faces(picture) if picture is not None else []
    if faces:
        embedding = embed(picture, faces[0])
        remember_face(subject=template.subject, owner=template.owner, embedding=embedding)
    return bool(faces)


def _photo(enrollment: Enrollment) -> bytes | None:
    digital_id = DigitalID.objects.filter(enrollment_id=enrollment.pk).first()
    issued = read_sealed(digital_id.portrait) if digital_id and digital_id.portrait else None
    return load_picture(enrollment, EvidenceKind.SELFIE) or issued
