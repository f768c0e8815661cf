"""The last word on what two submissions could pass at the same moment: who comes second, is found.

Face and pictures are searched again in the transaction that remembers them, one submission after
the other. What takes long (embedding, prints, the search among all) has been done before.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from verification.examine import Examination, Submission
from verification.faces.engine import Embedding
from verification.faces.search import find_again, one_at_a_time, remember_face
from verification.findings import Check, Finding
from verification.judging import duplicate_finding
from verification.pictures_seen import fresh_finding, remember_pictures
from verification.prints import Print


def settle(
    submission: Submission,
    examination: Examination,
    *,
    prints: list[Print],
    verified_before: Sequence[uuid.UUID],
    since: datetime,
) -> list[Finding]:
    """Remember face and pictures; returns all findings, as they are true when this is committed.

    Call it inside the transaction that writes them, as late as can be: until that ends, no other
    submission is settled. `since` is when the examination began; `verified_before` as in
    `fresh_finding`.
    """
    one_at_a_time()
    findings = [found for found in examination.findings if found.check != Check.DUPLICATE]
    embedding = examination.embedding
    if embedding is not None:
        findings.append(_searched_again(submission, examination.findings, embedding, since))
        remember_face(subject=submission.subject, owner=submission.owner, embedding=embedding)
    findings.append(
        fresh_finding(prints, subject=submission.subject, verified_before=verified_before)
    )
    remember_pictures(prints, subject=submission.subject)
    return findings


def _searched_again(
    submission: Submission,
    findings: list[Finding],
    embedding: Embedding,
    since: datetime,
) -> Finding:
    first = next(found for found in findings if found.check == Check.DUPLICATE)
    candidates = find_again(
        embedding,
        owner=submission.owner,
        threshold=submission.thresholds.duplicate_face,
        found=[one["subject"] for one in first.details["candidates"]],
        since=since,
    )
    return duplicate_finding([one.named() for one in candidates], submission.thresholds)
