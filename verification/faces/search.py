"""The same face under another number: exact in effect, whatever an index might have lost.

The codes of all faces are scanned (verification.faces.codes); what may be alike is opened and
compared in full. docs/verification.md says why none is lost, docs/benchmarks.md how fast it is.
"""

import uuid
from dataclasses import dataclass

import numpy as np
from django.db import connection, transaction

from dopa_portal.encryption import seal, unseal
from dopa_portal.keyring import ring
from verification.faces.codes import BITS, pack, rotation
from verification.faces.engine import Embedding
from verification.faces.shelf import shelf
from verification.models import FaceTemplate

MOST_OPENED = 2_000
MOST_CANDIDATES = 20
OPEN = """
    SELECT subject, vector_sealed
    FROM unnest(%s::uuid[], %s::uuid[]) AS wanted (owner, subject)
    JOIN verification_facetemplate AS kept USING (owner, subject)
    WHERE kept.model = %s
"""


@dataclass(frozen=True)
class Candidate:
    subject: uuid.UUID
    similarity: float


def find_duplicates(embedding: Embedding, *, owner: uuid.UUID, threshold: float) -> list[Candidate]:
    """Faces of other owners at least `threshold` (cosine) alike: the most alike 20, best first."""
    owners, subjects = _possible(embedding, owner=owner, threshold=threshold)
    if not subjects:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [owners, subjects, embedding.model])
        found = [
            Candidate(subject, float(embedding.vector @ _opened(subject, sealed)))
            for subject, sealed in cursor.fetchall()
        ]
    alike = [candidate for candidate in found if candidate.similarity >= threshold]
    alike.sort(key=lambda candidate: candidate.similarity, reverse=True)
    return alike[:MOST_CANDIDATES]


@transaction.atomic
def remember_face(*, subject: uuid.UUID, owner: uuid.UUID, embedding: Embedding) -> None:
    """Keep the face of a submission; a newer one of the same submission takes its place."""
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


def forget_face(subject: uuid.UUID) -> None:
    """Remove what is kept of a submission's face; nothing kept is no error."""
    FaceTemplate.objects.filter(subject=subject).delete()


def _possible(
    embedding: Embedding, *, owner: uuid.UUID, threshold: float
) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Owners and subjects of faces that may be alike, under whichever key their codes are."""
    possible = []
    for key_id in ring("faces").keys:
        rotated = rotation(key_id) @ embedding.vector
        for codes in shelf(embedding.model, key_id).codes():
            possible += codes.alike(rotated, threshold=threshold)
    others = [found for found in possible if found.owner != owner]
    others.sort(key=lambda found: found.estimate, reverse=True)
    best = others[:MOST_OPENED]
    return [found.owner for found in best], [found.subject for found in best]


def _opened(subject: uuid.UUID, sealed: bytes) -> np.ndarray:
    return np.frombuffer(unseal(sealed, context=_context(subject)), "<f4")


def _context(subject: uuid.UUID) -> str:
    return f"verification.facetemplate.vector_sealed:{subject}"
