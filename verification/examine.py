"""Examines one submission: runs every engine once and returns findings. Knows no enrollment."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from django.conf import settings

from verification.faces import challenge, engine, quality
from verification.faces.engine import Embedding, Face
from verification.faces.search import find_duplicates
from verification.findings import Check, Finding, Outcome, scored
from verification.images import BadImage, decode, encode
from verification.judging import (
    SUSPICIONS,
    THRESHOLD_OF,
    duplicate_finding,
    holder_finding,
    original_finding,
)

COMPARED_WITH_CARD = (
    "number",
    "first_name_th",
    "last_name_th",
    "first_name_en",
    "last_name_en",
    "birth_date",
    "laser_code",
)


@dataclass(frozen=True)
class RegisterView:
    """What verification needs of the register's answer."""

    agrees: bool
    details: dict


@dataclass(frozen=True)
class FormerHolder:
    """Of a renewal: whom the digital ID shows that it replaces (a JPEG; None for one without
    picture), and why a person has to look at it, if there is a reason.
    """

    picture: bytes | None
    stopped: str = ""


@dataclass(frozen=True)
class Submission:
    """What is judged together. Pictures are JPEG bytes, `owner` the keyed hash of the number.

    `holder` is there for a renewal only.
    """

    subject: uuid.UUID
    owner: uuid.UUID
    reading: dict
    confirmed: dict
    register: RegisterView
    portrait: bytes | None
    selfie: bytes
    frames: list[bytes]
    frame_times: list[int]
    challenge: list[str]
    holder: FormerHolder | None = None


@dataclass
class Examination:
    """The findings, and of a found face the embedding and a photo (JPEG, 3:4) cut around it."""

    findings: list[Finding] = field(default_factory=list)
    embedding: Embedding | None = None
    holder_photo: bytes | None = None


def examine(submission: Submission, *, report: Callable[[str], None]) -> Examination:
    """Judge card data, register, faces, liveness and duplicates, telling `report` each stage."""
    result = Examination()
    report("card")
    result.findings += card_findings(submission)
    report("face")
    portrait = _portrait_embedding(submission.portrait, result)
    picture = decode(submission.selfie)
    face = _selfie_face(picture, result)
    if face is not None:
        result.holder_photo = encode(around_face(picture, face))
        if portrait is not None:
            likeness = engine.similarity(portrait, result.embedding)
            result.findings.append(_scored(Check.FACE_MATCH, likeness))
        if submission.holder is not None:
            result.findings.append(_holder_finding(submission.holder, result.embedding))
        report("liveness")
        result.findings.append(_scored(Check.LIVENESS, engine.liveness(picture, face)))
        result.findings.append(_challenge_finding(submission, result.embedding))
        report("duplicates")
        result.findings.append(_duplicate_finding(submission, result.embedding))
    return result


def card_findings(submission: Submission) -> list[Finding]:
    """What the reading of the card and the register say about the confirmed data."""
    thresholds = settings.MACHINE_THRESHOLDS
    scores = submission.reading["scores"]
    suspicion = {name: scores[name] for name in SUSPICIONS}
    return [
        _scored(Check.CARD_READABLE, scores["sharpness"]),
        original_finding(suspicion, thresholds),
        _data_finding(submission),
        Finding(
            Check.REGISTER,
            Outcome.PASSED if submission.register.agrees else Outcome.FAILED,
            details=submission.register.details,
        ),
    ]


def _data_finding(submission: Submission) -> Finding:
    """Whether the citizen confirmed what the card says.

    A field that was read with doubt, or one where the register sides with the citizen against the
    reading, is the reader's mistake. The number itself is never corrected away from a sure reading.
    """
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    fields = submission.reading["fields"]
    corrected, contradicted = [], []
    for name in COMPARED_WITH_CARD:
        read = fields.get(name, {"value": "", "confidence": 0.0})
        if read["value"] == submission.confirmed.get(name):
            continue
        excused = read["confidence"] < sure or (submission.register.agrees and name != "number")
        (corrected if excused else contradicted).append(name)
    outcome = Outcome.FAILED if contradicted else Outcome.PASSED
    details = {"corrected": corrected, "contradicted": contradicted}
    return Finding(Check.DATA_AS_READ, outcome, details=details)


def _holder_finding(holder: FormerHolder, selfie: Embedding) -> Finding:
    picture = decode(holder.picture) if holder.picture else None
    faces = engine.find_faces(picture) if picture is not None else []
    if not faces:
        return Finding(Check.SAME_HOLDER, Outcome.MISSING, details={"stopped": holder.stopped})
    likeness = engine.similarity(engine.embed(picture, faces[0]), selfie)
    return holder_finding(likeness, holder.stopped, settings.MACHINE_THRESHOLDS)


def _portrait_embedding(portrait: bytes | None, result: Examination) -> Embedding | None:
    picture = decode(portrait) if portrait else None
    faces = engine.find_faces(picture) if picture is not None else []
    outcome = Outcome.PASSED if faces else Outcome.FAILED
    result.findings.append(Finding(Check.PORTRAIT_FOUND, outcome, details={"faces": len(faces)}))
    return engine.embed(picture, faces[0]) if faces else None


def _selfie_face(picture: np.ndarray, result: Examination) -> Face | None:
    """The one face of the selfie and its embedding, with findings on its being there, alone, and
    clear.
    """
    faces = engine.find_faces(picture)
    result.embedding = engine.embed(picture, faces[0]) if faces else None
    assessed = quality.assess(picture, faces, embedding=result.embedding)
    hint = str(assessed.hint or "")
    alone = Outcome.PASSED if assessed.face_count == 1 else Outcome.FAILED
    result.findings.append(
        Finding(Check.FACE_FOUND, alone, details={"faces": assessed.face_count, "hint": hint})
    )
    if not faces:
        return None
    result.findings.append(_scored(Check.FACE_QUALITY, assessed.unified, hint=hint))
    return faces[0]


def _challenge_finding(submission: Submission, person: Embedding) -> Finding:
    if not submission.challenge:
        return Finding(Check.CHALLENGE, Outcome.MISSING)
    try:
        frames = [
            challenge.Frame(decode(frame), taken)
            for frame, taken in zip(submission.frames, submission.frame_times, strict=True)
        ]
    except (BadImage, ValueError):
        return Finding(Check.CHALLENGE, Outcome.FAILED, details={"reason": "bad_frames"})
    judged = challenge.judge(challenge.Challenge(tuple(submission.challenge)), frames, person)
    outcome = Outcome.PASSED if judged.passed else Outcome.FAILED
    return Finding(Check.CHALLENGE, outcome, judged.score, details={"reason": str(judged.reason)})


def _duplicate_finding(submission: Submission, embedding: Embedding) -> Finding:
    threshold = settings.MACHINE_THRESHOLDS["duplicate_face"]
    candidates = find_duplicates(embedding, owner=submission.owner, threshold=threshold)
    return duplicate_finding([one.named() for one in candidates], settings.MACHINE_THRESHOLDS)


def around_face(picture: np.ndarray, face: Face) -> np.ndarray:
    """The part of an H x W x 3 picture that an identity photo shows: 3:4, the face half as high."""
    left, top, right, bottom = face.box
    height = 2.0 * (bottom - top)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    rows = slice(max(0, int(middle_y - height * 0.52)), int(middle_y + height * 0.48))
    columns = slice(max(0, int(middle_x - height * 0.375)), int(middle_x + height * 0.375))
    return picture[rows, columns]


def _scored(check: Check, score: float, **details: object) -> Finding:
    return scored(check, score, settings.MACHINE_THRESHOLDS[THRESHOLD_OF[check]], **details)
