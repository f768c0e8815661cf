"""The same face under another number: exact in effect, whatever an index might have lost.

The codes of all faces are scanned (verification.faces.binary_codes); what may be alike is opened
and compared in full. docs/verification.md says why none is lost, docs/benchmarks.md how fast it is.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection, transaction

from core.encryption import seal, unseal
from core.keyring import ring
from core.typing import Json
from verification.code_size import BITS
from verification.faces.binary_codes import Codes, Possible, pack, rotation
from verification.faces.engine import Embedding
from verification.faces.template_cache import template_cache
from verification.images.arrays import Floats
from verification.models import FaceTemplate

MOST_OPENED = 2_000
MOST_CANDIDATES = 20
REMEMBERING = 0x7FACE  # the advisory lock of whoever adds to what is searched
OPEN = """
    SELECT subject, vector_sealed
    FROM unnest(%s::uuid[], %s::uuid[]) AS wanted (owner, subject)
    JOIN verification_facetemplate AS kept USING (owner, subject)
    WHERE kept.model = %s
"""
OPEN_AGAIN = """
    SELECT subject, vector_sealed FROM verification_facetemplate
    WHERE subject = ANY(%s::uuid[]) AND owner <> %s AND model = %s
"""


@dataclass(frozen=True)
class Candidate:
    subject: uuid.UUID
    similarity: float

    def named(self) -> Json:
        """As a finding's details name it."""
        return {"subject": str(self.subject), "similarity": round(self.similarity, 4)}


def find_duplicates(embedding: Embedding, *, owner: uuid.UUID, threshold: float) -> list[Candidate]:
    """Faces of other owners at least `threshold` (cosine) alike: the most alike 20, best first."""
    codes = [
        (key_id, part)
        for key_id in ring("faces").keys
        for part in template_cache(embedding.model, key_id).codes()
    ]
    possible = _possible(codes, embedding, owner=owner, threshold=threshold)
    return _alike(_opened_possible(possible, embedding), threshold)


def find_again(
    embedding: Embedding,
    *,
    owner: uuid.UUID,
    threshold: float,
    found: Iterable[uuid.UUID],
    since: datetime,
) -> list[Candidate]:
    """The same as `find_duplicates` would find now, for one that found these subjects, `since`.

    Only faces kept since then are read, so that it is short. In a transaction that has called
    `one_at_a_time` and reads what is committed, no face can come between this and its end.
    """
    newer = [
        (key_id, template_cache(embedding.model, key_id).newer(since))
        for key_id in ring("faces").keys
    ]
    possible = _possible(newer, embedding, owner=owner, threshold=threshold)
    opened = {one.subject: one for one in _opened_possible(possible, embedding)}
    with connection.cursor() as cursor:
        cursor.execute(OPEN_AGAIN, [list(found), owner, embedding.model])
        opened |= {one.subject: one for one in _compared(cursor.fetchall(), embedding)}
    return _alike(list(opened.values()), threshold)


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else keeps a face or a picture; whoever waits sees them.

    The lock is let go after the commit has become visible, and each statement under READ COMMITTED
    takes its own snapshot.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REMEMBERING])


def kept_face(*, subject: uuid.UUID, owner: uuid.UUID) -> Embedding | None:
    """What is kept of a submission's face."""
    kept = FaceTemplate.objects.filter(subject=subject, owner=owner).first()
    return Embedding(_opened(subject, kept.vector_sealed), kept.model) if kept else None


@transaction.atomic
def remember_face(*, subject: uuid.UUID, owner: uuid.UUID, embedding: Embedding) -> None:
    """Keep the face of a submission; a newer one of the same submission takes its place."""
    one_at_a_time()
    forget_face(subject)
    key_id = ring("faces").current
    code = pack(rotation(key_id) @ embedding.vector)
    FaceTemplate.objects.create(
        subject=subject,
        owner=owner,
        model=embedding.model,
        key_id=key_id,
        code=f"{int.from_bytes(code):0{BITS}b}",
        vector_sealed=seal(embedding.vector.astype("<f4").tobytes(), context=_context(subject)),
    )


def forget_face(subject: uuid.UUID) -> int:
    """Remove what is kept of a submission's face; returns how many rows that were."""
    return FaceTemplate.objects.filter(subject=subject).delete()[0]


def _possible(
    codes: Iterable[tuple[str, Codes]], embedding: Embedding, *, owner: uuid.UUID, threshold: float
) -> list[Possible]:
    """Faces of other owners that may be alike, of codes each with its key."""
    possible = []
    for key_id, part in codes:
        possible += part.alike(rotation(key_id) @ embedding.vector, threshold=threshold)
    others = [found for found in possible if found.owner != owner]
    others.sort(key=lambda found: found.estimate, reverse=True)
    return others[:MOST_OPENED]


def _opened_possible(possible: list[Possible], embedding: Embedding) -> list[Candidate]:
    owners, subjects = [one.owner for one in possible], [one.subject for one in possible]
    if not subjects:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [owners, subjects, embedding.model])
        return _compared(cursor.fetchall(), embedding)


def _compared(rows: list[tuple[uuid.UUID, bytes]], embedding: Embedding) -> list[Candidate]:
    return [
        Candidate(subject, float(embedding.vector @ _opened(subject, sealed)))
        for subject, sealed in rows
    ]


def _alike(compared: list[Candidate], threshold: float) -> list[Candidate]:
    alike = [candidate for candidate in compared if candidate.similarity >= threshold]
    alike.sort(key=lambda candidate: candidate.similarity, reverse=True)
    return alike[:MOST_CANDIDATES]


def _opened(subject: uuid.UUID, sealed: bytes | memoryview) -> Floats:
    return np.frombuffer(unseal(sealed, context=_context(subject)), "<f4")


def _context(subject: uuid.UUID) -> str:
    return f"verification.facetemplate.vector_sealed:{subject}"
