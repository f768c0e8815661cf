"""Looking for the same face among 10,000, 100,000 and 1,000,000: time, memory, and what is found.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.duplicates [1000000]

The crowd is drawn: 512 numbers a face, as alike to one another as portraits of different people
are (cosines of mean 0.02 and deviation 0.11). Among them lie the sample people's card portraits,
which are looked for with their selfies, and faces at a cosine of 0.50 to 0.60 to one looked for.
"""

import os
import statistics
import struct
import sys
import time
import uuid
from datetime import UTC, datetime

import numpy as np

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core.encryption import seal
from core.keyring import ring
from devstack.demo.measuring.faces import portraits
from verification.faces.binary_codes import BITS, pack, rotation
from verification.faces.engine import Embedding, embed, find_faces
from verification.faces.search import find_duplicates
from verification.faces.template_cache import shelf
from verification.images import decode

SIZES = (10_000, 100_000, 1_000_000)
AT_A_TIME = 10_000
EDGE = 300
MODEL = settings.FACE_EMBEDDER["name"]
COLUMNS = "subject, owner, model, key_id, code, vector_sealed, created_at"
KIND = "verification.facetemplate.vector_sealed"
SETTLED = int((datetime(2026, 1, 1, tzinfo=UTC) - datetime(2000, 1, 1, tzinfo=UTC)).total_seconds())
draw = np.random.default_rng(7)
shape = draw.standard_normal((100, BITS)).astype(np.float32)
shared = draw.standard_normal(BITS).astype(np.float32)


def normed(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def crowd(count: int) -> np.ndarray:
    """`count` x 512 float32 of length 1."""
    faces = normed(draw.standard_normal((count, len(shape))).astype(np.float32) @ shape)
    return normed(faces + 0.14 * normed(shared))


def beside(face: np.ndarray, cosine: float) -> np.ndarray:
    """A vector at this cosine to the face."""
    other = crowd(1)[0]
    across = normed(other - (other @ face) * face)
    return cosine * face + np.sqrt(1 - cosine**2) * across


def keep(vectors: np.ndarray) -> list[uuid.UUID]:
    """What `remember_face` would have kept of each, by COPY; the subjects."""
    key_id = ring("faces").current
    turned = vectors @ rotation(key_id).T
    subjects = [uuid.uuid4() for _ in vectors]
    texts = [struct.pack(">i", len(text)) + text for text in (MODEL.encode(), key_id.encode())]
    when = struct.pack(">iq", 8, SETTLED * 10**6)
    rows = bytearray(b"PGCOPY\n\xff\r\n\0" + bytes(8))
    for subject, vector, rotated in zip(subjects, vectors, turned, strict=True):
        sealed = seal(vector.astype("<f4").tobytes(), context=f"{KIND}:{subject}")
        rows += struct.pack(">hi16si16s", 7, 16, subject.bytes, 16, os.urandom(16))
        rows += b"".join(texts) + struct.pack(">ii", 4 + BITS // 8, BITS) + pack(rotated)
        rows += struct.pack(">i", len(sealed)) + sealed + when
    rows += b"\xff\xff"
    into = f"COPY verification_facetemplate ({COLUMNS}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(bytes(rows))
    return subjects


def sample_pairs() -> tuple[np.ndarray, np.ndarray]:
    """Embeddings of all sample people: off the card's portrait, and of a selfie."""
    people, cards, selfies = portraits(), [], []
    for name in people.names("f") + people.names("m"):
        for kept, picture in (
            (cards, np.asarray(people.card_portrait(name))),
            (selfies, decode(people.selfie(name, seed=1))),
        ):
            kept.append(embed(picture, find_faces(picture)[0]).vector)
    return np.array(cards), np.array(selfies)


def search(face: np.ndarray) -> tuple[set[uuid.UUID], float]:
    """The subjects found, and the seconds it took."""
    threshold = settings.MACHINE_THRESHOLDS["duplicate_face"]
    embedding = Embedding(face.astype(np.float32), MODEL)
    began = time.perf_counter()
    found = find_duplicates(embedding, owner=uuid.uuid4(), threshold=threshold)
    return {candidate.subject for candidate in found}, time.perf_counter() - began


def measure(kept: int, wanted: list[tuple[np.ndarray, uuid.UUID]]) -> str:
    """A line of the table for so many kept faces; `wanted`: faces, and whom each has to find."""
    shelf.cache_clear()
    _, loading = search(crowd(1)[0])
    parts = shelf(MODEL, ring("faces").current).parts
    held = sum(part.words.nbytes + part.owners.nbytes + part.subjects.nbytes for part in parts)
    answers = [(subject, *search(face)) for face, subject in wanted]
    missed = sum(subject not in found for subject, found, _ in answers)
    times = sorted(1000 * seconds for *_, seconds in answers)
    return (
        f"| {kept:,} | {statistics.median(times):.1f} | {times[int(len(times) * 0.95)]:.1f} "
        f"| {loading:.2f} | {held / 2**20:.0f} | {missed} of {len(answers)} |"
    )


def main(most: int) -> None:
    call_command("migrate", verbosity=0)
    cards, selfies = sample_pairs()
    edge = crowd(EDGE)
    near = np.array([beside(face, draw.uniform(0.5, 0.6)) for face in edge])
    wanted = [*zip(selfies, keep(cards), strict=True), *zip(edge, keep(near), strict=True)]
    kept = len(wanted)
    print("| faces kept | ms, median | ms, p95 | first search, s | MiB held | missed |")
    print("|--:|--:|--:|--:|--:|--:|")
    for size in (size for size in SIZES if size <= most):
        while kept < size:
            kept += len(keep(crowd(min(AT_A_TIME, size - kept))))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE verification_facetemplate")
        print(measure(kept, wanted), flush=True)
    print(f"\nLooked for: {len(cards)} sample people by their selfies, {EDGE} faces at the edge.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
