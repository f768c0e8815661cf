"""The pictures of an enrollment: sealed before they are written, replaced, never overwritten."""

import json
from base64 import b64decode, b64encode

from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.storage import delete_sealed, read_sealed, save_sealed
from registration.models import Enrollment, Evidence, EvidenceKind
from verification.film import Film

FILM_DETAILS = ("times", "steps", "sizes", "settled")


def keep_picture(enrollment: Enrollment, kind: str, data: bytes, **details: object) -> Evidence:
    """Store a picture as the current one of its kind. Call it inside a transaction.

    A file whose transaction fails is taken away again, so that none lies about without its row.
    """
    picture_id = uuid7()
    name = save_sealed(f"{enrollment.pk}/{picture_id}", data)
    try:
        with transaction.atomic():
            set_aside(enrollment, kind)
            return Evidence.objects.create(
                id=picture_id, enrollment=enrollment, kind=kind, name=name, details=details
            )
    except BaseException:
        delete_sealed(name)
        raise


def set_aside(enrollment: Enrollment, *kinds: str) -> None:
    """End the turn of the current pictures of these kinds."""
    current = Evidence.objects.filter(enrollment=enrollment, kind__in=kinds, replaced_at=None)
    current.update(replaced_at=timezone.now())


def current_picture(enrollment: Enrollment, kind: str) -> Evidence | None:
    return Evidence.objects.filter(
        enrollment=enrollment, kind=kind, replaced_at=None, deleted_at=None
    ).first()


def load_picture(enrollment: Enrollment, kind: str) -> bytes | None:
    """The bytes of the current picture of a kind, or None."""
    evidence = current_picture(enrollment, kind)
    return read_sealed(evidence.name) if evidence else None


def keep_film(
    enrollment: Enrollment, film: Film | None, *, kind: str = EvidenceKind.FRAMES
) -> None:
    """In the place of a former one; None puts that aside."""
    if film is None:
        set_aside(enrollment, kind)
        return
    packed = json.dumps([b64encode(frame).decode() for frame in film.frames]).encode()
    details = {name: list(getattr(film, name)) for name in FILM_DETAILS}
    keep_picture(enrollment, kind, packed, **details)


def load_film(enrollment: Enrollment, *, kind: str = EvidenceKind.FRAMES) -> Film | None:
    """The head turns that were handed in; None where there are none."""
    evidence = current_picture(enrollment, kind)
    if evidence is None:
        return None
    frames = [b64decode(frame) for frame in json.loads(read_sealed(evidence.name))]
    details = {name: evidence.details.get(name, []) for name in FILM_DETAILS}
    return Film(frames=frames, **details)
