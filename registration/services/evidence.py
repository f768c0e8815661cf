"""The pictures of an enrollment: sealed before they are written, replaced, never overwritten."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.storage import delete_sealed, is_uuid, owns_files, read_sealed, save_sealed
from registration.models import Enrollment, Evidence, EvidenceKind
from verification.film import DETAILS, Film, pack, unpack

CARD = (EvidenceKind.CARD_FRONT, EvidenceKind.CARD_BACK)


@transaction.atomic
def keep_picture(enrollment: Enrollment, kind: str, data: bytes, **details: object) -> Evidence:
    """Store a picture as the current one of its kind.

    A file whose transaction fails is taken away again, so that none lies about without its row.
    """
    picture_id = uuid7()
    name = save_sealed(f"{enrollment.pk}.{picture_id}", data)
    try:
        set_aside(enrollment, kind)
        return Evidence.objects.create(
            id=picture_id, enrollment=enrollment, kind=kind, name=name, details=details
        )
    except BaseException:
        delete_sealed(name)
        raise


@owns_files
def with_a_row(names: Collection[str]) -> set[str]:
    ids = [last for name in names if is_uuid(last := name.rpartition(".")[2])]
    kept = Evidence.objects.filter(pk__in=ids, deleted_at=None)
    return set(kept.values_list("name", flat=True))


def set_aside(enrollment: Enrollment, *kinds: str) -> None:
    """End the turn of the current pictures of these kinds; those of a card that nobody has read
    are of no use to anybody and go at once.
    """
    current = Evidence.objects.filter(enrollment=enrollment, kind__in=kinds, replaced_at=None)
    if not current.exists():  # as with most that are sent
        return
    unread = current.filter(kind__in=CARD, read_at=None)
    for name in unread.values_list("name", flat=True):
        transaction.on_commit(partial(delete_sealed, name), robust=True)  # else it is reaped
    unread.delete()
    current.update(replaced_at=timezone.now())


def note_read(enrollment: Enrollment) -> None:
    """What was read off the current photos of the card is kept: they are of use from now on."""
    mine = Evidence.objects.filter(enrollment=enrollment, kind__in=CARD, replaced_at=None)
    mine.filter(read_at=None).update(read_at=timezone.now())


def current_picture(enrollment: Enrollment, kind: str) -> Evidence | None:
    return _current(enrollment, kind).first()


def has_pictures(enrollment: Enrollment, *kinds: str) -> bool:
    """Of each of these kinds, a current one."""
    return _current(enrollment, *kinds).count() == len(kinds)


def _current(enrollment: Enrollment, *kinds: str) -> QuerySet[Evidence]:
    """No two are of one kind."""
    mine = Evidence.objects.filter(enrollment=enrollment, kind__in=kinds)
    return mine.filter(replaced_at=None, deleted_at=None)


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
    keep_picture(enrollment, kind, pack(film.frames), **film.details)


def load_film(enrollment: Enrollment, *, kind: str = EvidenceKind.FRAMES) -> Film | None:
    """The head turns that were handed in; None where there are none."""
    evidence = current_picture(enrollment, kind)
    if evidence is None:
        return None
    details = {name: evidence.details.get(name, []) for name in DETAILS}
    return Film(frames=unpack(read_sealed(evidence.name)), **details)
