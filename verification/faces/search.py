"""The same face under another number: exact in effect, whatever an index might have lost.

A face's code is the signs of its vector after a secret rotation. Two vectors at an angle differ in
each bit with probability angle / pi (Charikar 2002). So all that is alike lies, but for one in a
hundred thousand at the very threshold, within a Hamming distance that is scanned for; what is found
is opened and compared in full.
"""

import hashlib
import math
import uuid
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.db import connection, transaction

from dopa_portal.encryption import seal, unseal
from dopa_portal.keyring import ring
from verification.faces.engine import Embedding
from verification.models import CODE_BITS, FaceTemplate

DEVIATIONS = 4.3  # how many standard deviations beyond the expected distance are scanned for
MOST_OPENED = 5_000
SCAN = """
    SELECT subject, vector_sealed FROM verification_facetemplate
    WHERE code <~> %s::bit(512) <= %s AND owner <> %s AND model = %s
    ORDER BY code <~> %s::bit(512) LIMIT %s
"""


@dataclass(frozen=True)
class Candidate:
    subject: uuid.UUID
    similarity: float


def find_duplicates(embedding: Embedding, *, owner: uuid.UUID, threshold: float) -> list[Candidate]:
    """Faces of other owners at least `threshold` (cosine) alike, the most alike first."""
    code = code_of(embedding)
    scan = [code, reach(threshold), owner, embedding.model, code, MOST_OPENED]
    with connection.cursor() as cursor:
        cursor.execute(SCAN, scan)
        found = [
            Candidate(subject, float(embedding.vector @ _opened(subject, sealed)))
            for subject, sealed in cursor.fetchall()
        ]
    alike = [candidate for candidate in found if candidate.similarity >= threshold]
    return sorted(alike, key=lambda candidate: candidate.similarity, reverse=True)


@transaction.atomic
def remember_face(*, subject: uuid.UUID, owner: uuid.UUID, embedding: Embedding) -> None:
    """Keep the face of a submission; a newer one of the same submission takes its place."""
    forget_face(subject)
    FaceTemplate.objects.create(
        subject=subject,
        owner=owner,
        model=embedding.model,
        code=code_of(embedding),
        vector_sealed=seal(embedding.vector.astype("<f4").tobytes(), context=_context(subject)),
    )


def forget_face(subject: uuid.UUID) -> None:
    FaceTemplate.objects.filter(subject=subject).delete()


def reach(threshold: float) -> int:
    """The Hamming distance within which faces at least `threshold` alike lie."""
    share = math.acos(threshold) / math.pi
    deviation = math.sqrt(CODE_BITS * share * (1 - share))
    return math.ceil(CODE_BITS * share + DEVIATIONS * deviation)


def code_of(embedding: Embedding) -> str:
    """512 signs as text of 0 and 1, as PostgreSQL reads bits."""
    signs = (_rotation() @ embedding.vector) > 0
    return "".join("1" if sign else "0" for sign in signs)


@cache
def _rotation() -> np.ndarray:
    """A random rotation that only the holder of the key knows: a code alone tells nothing."""
    secret = hashlib.blake2b(b"rotation", key=ring("faces").current_key).digest()
    random = np.random.default_rng(int.from_bytes(secret))
    orthogonal, upper = np.linalg.qr(random.standard_normal((CODE_BITS, CODE_BITS)))
    return (orthogonal * np.sign(np.diag(upper))).astype(np.float32)


def _opened(subject: uuid.UUID, sealed: bytes) -> np.ndarray:
    return np.frombuffer(unseal(sealed, context=_context(subject)), "<f4")


def _context(subject: uuid.UUID) -> str:
    return f"verification.facetemplate.vector_sealed:{subject}"
