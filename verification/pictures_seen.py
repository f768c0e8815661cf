"""Pictures that were handed in before, by whomever: a recording serves once.

Every selfie and frame that was judged leaves its print for as long as the face is kept, under the
enrollment's id and no name or number. Near ones are found by the bands of their codes: an index
gives the few rows that share one of 16 with the picture, and these are compared in full.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from secrets import SystemRandom

import numpy as np
from django.db import connection

from core.keyring import ring
from verification.findings import Check, Finding, Outcome
from verification.images.arrays import Code
from verification.models import SeenPicture
from verification.prints import BITS, Print, apart, bands, print_of

# Bits of 512. Of another enrollment a copy with an officer's watermark is still the same picture;
# of one's own, a person who holds still at the next try takes pictures nearly as alike.
NEAR = 31
NEAR_OWN = 8
MOST_NAMED = 20
FRAMES_KEPT = 5  # of a film: its frames are much alike
# PostgreSQL takes one band in 200 rows for granted, and would read the whole table for an `&&` of
# many: asked for one at a time, each costs a look into the index.
FIND = """
    SELECT digest, subject, later, key_id, code FROM unnest(%s::bigint[]) AS wanted (band)
    CROSS JOIN LATERAL (
        SELECT digest, subject, later, key_id, code FROM verification_seenpicture
        WHERE bands @> ARRAY[wanted.band] OFFSET 0
    ) AS near
    UNION
    SELECT digest, subject, later, key_id, code FROM verification_seenpicture
    WHERE digest = ANY(%s::bytea[])
"""


@dataclass(frozen=True)
class Seen:
    """A picture of a submission (its place: 0 is the selfie), whose it was before, how alike."""

    place: int
    subject: uuid.UUID
    similarity: float


def prints_of(selfie: bytes, frames: Iterable[bytes]) -> list[Print]:
    """The prints of a submission's pictures, the selfie first. Raises BadImage."""
    return [print_of(picture) for picture in (selfie, *frames)]


def fresh_finding(
    prints: list[Print],
    *,
    subject: uuid.UUID,
    later: bool = False,
    verified_before: Sequence[uuid.UUID] = (),
) -> Finding:
    """Whether none of a submission's pictures was there before: in another submission, or twice in
    this one. `later`: of somebody who comes back to what was verified, at another place and time;
    the verified pictures are known then as anybody's are, so that an officer's copy is found.
    `verified_before` are others under the same number whose pictures were of a living person: a
    recording of those, cut or turned a little, is no longer known by its print.

    Call it in the transaction that remembers them, behind `search.one_at_a_time`. The details name
    no picture of anybody else but by the enrollment that an officer may compare.
    """
    seen = find_seen(prints, subject=subject, later=later)
    repeated = len({one.digest for one in prints}) < len(prints)
    others: dict[str, float] = {}
    for one in seen:
        if one.subject != subject:
            others[str(one.subject)] = max(one.similarity, others.get(str(one.subject), 0.0))
    named = sorted(others, key=others.__getitem__, reverse=True)[:MOST_NAMED]
    details = {
        "candidates": [{"subject": one, "similarity": others[one]} for one in named],
        "own": any(one.subject == subject for one in seen),
        "repeated": repeated,
        "pictures": sorted({one.place for one in seen}),
        "verified_before": [str(one) for one in verified_before],
    }
    unsure = Outcome.DOUBTFUL if verified_before else Outcome.PASSED
    outcome = Outcome.FAILED if seen or repeated else unsure
    return Finding(Check.FRESH_PICTURES, outcome, details=details)


def find_seen(prints: list[Print], *, subject: uuid.UUID, later: bool = False) -> list[Seen]:
    """The kept pictures that are the same as one of these, mirrored or not."""
    codes = [
        (place, key_id, one.code(key_id, mirrored=mirrored))
        for place, one in enumerate(prints)
        for key_id in ring("faces").keys
        for mirrored in (False, True)
    ]
    wanted = sorted({band for _, _, code in codes for band in bands(code)})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")  # it takes the cost of many looks for real
        cursor.execute(FIND, [wanted, [one.digest for one in prints]])
        kept = cursor.fetchall()
    return [
        seen
        for digest, owner, of_later, key_id, code in kept
        for seen in _matches(
            prints,
            codes,
            NEAR_OWN if (owner, of_later) == (subject, later) else NEAR,
            (bytes(digest), owner, key_id, code),
        )
    ]


def _matches(
    prints: list[Print],
    codes: list[tuple[int, str, Code]],
    near: int,
    row: tuple[bytes, uuid.UUID, str, str],
) -> Iterable[Seen]:
    digest, owner, key_id, code = row
    kept = np.frombuffer(int(code, 2).to_bytes(BITS // 8), np.uint8)
    same = {place for place, one in enumerate(prints) if one.digest == digest}
    yield from (Seen(place, owner, 1.0) for place in same)
    for place, key, looked_for in codes:
        if key == key_id and place not in same and (bits := apart(kept, looked_for)) <= near:
            yield Seen(place, owner, round(1 - bits / BITS, 3))


def remember_pictures(prints: list[Print], *, subject: uuid.UUID, later: bool = False) -> None:
    """Keep the prints of a submission's selfie and of some of its frames, which chance chooses: who
    leaves out some of a recording cannot know which. One that is kept keeps its first row.
    """
    selfie, *frames = prints
    kept = [selfie, *SystemRandom().sample(frames, min(FRAMES_KEPT, len(frames)))]
    key_id = ring("faces").current
    SeenPicture.objects.bulk_create(
        (
            SeenPicture(
                digest=one.digest,
                subject=subject,
                later=later,
                key_id=key_id,
                code=f"{int.from_bytes(one.code(key_id).tobytes()):0{BITS}b}",
                bands=bands(one.code(key_id)),
            )
            for one in kept
        ),
        ignore_conflicts=True,
    )


def forget_pictures(subject: uuid.UUID) -> int:
    """Remove the prints of an enrollment's pictures; returns how many there were."""
    return SeenPicture.objects.filter(subject=subject).delete()[0]
