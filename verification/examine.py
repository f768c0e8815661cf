"""Examines one submission: runs every engine once and returns findings. Knows no enrollment."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core.typing import Json
from verification.binding import Claim, data_finding
from verification.capture import Capture
from verification.faces import engine, quality, solid
from verification.faces.alignment import around_face
from verification.faces.engine import Embedding, Face
from verification.faces.portraits import PortraitFace, find_portrait_face
from verification.faces.search import find_duplicates
from verification.film import Film
from verification.filmed import film_findings
from verification.findings import Check, Finding, Outcome, scored
from verification.images import decode, encode
from verification.images.arrays import Picture
from verification.judging import (
    SUSPICIONS,
    THRESHOLD_OF,
    capture_finding,
    consistent_finding,
    duplicate_finding,
    holder_finding,
    original_finding,
)
from verification.signs import seen
from verification.thresholds import Thresholds

# A portrait, and the face that was found in it.
Printed = tuple[Picture, PortraitFace]


@dataclass(frozen=True)
class RegisterView:
    """What verification needs of the register's answer."""

    agrees: bool
    details: Json


@dataclass(frozen=True)
class FormerHolder:
    """Of a renewal: whom the digital ID shows that it replaces (a JPEG; None for one without
    picture), why a person has to look at it, if there is a reason, and whether its device or its
    password was proven.
    """

    picture: bytes | None
    stopped: str = ""
    proven: bool = False


@dataclass(frozen=True, kw_only=True)
class FaceEvidence:
    """A selfie with its head turns, and the picture it is held against: a card's portrait, or the
    selfie that was verified. Pictures are JPEG bytes, `owner` the keyed hash of the number.
    """

    subject: uuid.UUID
    owner: uuid.UUID
    thresholds: Thresholds
    portrait: bytes | None
    selfie: bytes
    film: Film | None
    capture: Capture

    @property
    def frames(self) -> Sequence[bytes]:
        return self.film.frames if self.film else ()


@dataclass(frozen=True, kw_only=True)
class Submission(FaceEvidence):
    """All that is judged together, and by which thresholds. `claims` are the fields of the card,
    `scores` those of its photo, `contradictions` what it says that cannot be; `way_fits` says
    whether the number has a digital ID to renew, or none where it registers. `holder` is there for
    a renewal only.
    """

    claims: tuple[Claim, ...]
    scores: Mapping[str, float]
    contradictions: tuple[str, ...]
    register: RegisterView
    way_fits: bool
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
    examine_face(submission, result, report=report)
    if submission.holder is not None:
        result.findings += _holder_findings(submission, submission.holder, result.embedding)
    if result.embedding is not None:
        report("duplicates")
        result.findings.append(_duplicate_finding(submission, result.embedding))
    return result


def examine_face(
    evidence: FaceEvidence, result: Examination, *, report: Callable[[str], None]
) -> None:
    """Judge selfie and head turns against the portrait, and add what was found to `result`."""
    portrait = _portrait(evidence.portrait, result)
    picture = decode(evidence.selfie)
    found = _selfie_face(evidence, picture, result)
    if found is None:
        result.findings.append(capture_finding(evidence.capture, evidence.thresholds))
        return
    face, person = found
    result.holder_photo = encode(around_face(picture, face.box))
    if portrait is not None:
        result.findings += _likeness_findings(evidence, portrait, (picture, face, person))
    report("liveness")
    result.findings.append(_scored(evidence, Check.LIVENESS, engine.liveness(picture, face)))
    result.findings += film_findings(
        evidence.film, evidence.capture, evidence.thresholds, person=person
    )


def card_findings(submission: Submission) -> list[Finding]:
    """What the reading of the card and the register say about the confirmed data."""
    scores, thresholds = submission.scores, submission.thresholds
    suspicion: Json = {name: scores.get(name, 0.0) for name in SUSPICIONS}
    suspicion["signs"] = seen(scores)
    return [
        _scored(submission, Check.CARD_READABLE, scores["sharpness"]),
        original_finding(suspicion, thresholds),
        consistent_finding(submission.contradictions),
        data_finding(submission.claims, sure=thresholds.field_confidence),
        Finding(
            Check.REGISTER,
            Outcome.PASSED if submission.register.agrees else Outcome.FAILED,
            details=submission.register.details,
        ),
        Finding(Check.WAY_FITS, Outcome.PASSED if submission.way_fits else Outcome.FAILED),
    ]


def _holder_findings(
    submission: Submission, holder: FormerHolder, selfie: Embedding | None
) -> list[Finding]:
    proven = Outcome.PASSED if holder.proven else Outcome.MISSING
    found = [Finding(Check.FORMER_PROVEN, proven)]
    return found if selfie is None else [*found, _holder_finding(submission, holder, selfie)]


def _holder_finding(submission: Submission, holder: FormerHolder, selfie: Embedding) -> Finding:
    found = _printed_face(holder.picture)
    if found is None:
        return Finding(Check.SAME_HOLDER, Outcome.MISSING, details={"stopped": holder.stopped})
    likeness = found[1].likeness(selfie)
    return holder_finding(likeness, holder.stopped, submission.thresholds)


def _portrait(jpeg: bytes | None, result: Examination) -> Printed | None:
    found = _printed_face(jpeg)
    outcome = Outcome.FAILED if found is None else Outcome.PASSED
    faces = 0 if found is None else found[1].count
    result.findings.append(Finding(Check.PORTRAIT_FOUND, outcome, details={"faces": faces}))
    return found


def _printed_face(jpeg: bytes | None) -> Printed | None:
    picture = decode(jpeg) if jpeg else None
    found = None if picture is None else find_portrait_face(picture)
    return None if picture is None or found is None else (picture, found)


def _likeness_findings(
    evidence: FaceEvidence, portrait: Printed, selfie: tuple[Picture, Face, Embedding]
) -> list[Finding]:
    """Whether both show one person, and whether the selfie is more than the portrait once more:
    enlarged, bent, lit or softened, that is still found again in it.
    """
    (printed, found), (picture, face, person) = portrait, selfie
    own = solid.compare((printed, found.face), (picture, face)).score
    likeness = found.likeness(person)
    return [
        _scored(evidence, Check.OWN_PICTURE, own),
        _scored(evidence, Check.FACE_MATCH, likeness),
    ]


def _selfie_face(
    evidence: FaceEvidence, picture: Picture, result: Examination
) -> tuple[Face, Embedding] | None:
    """The one face of the selfie and its embedding, with findings on its being there, alone, and
    clear.
    """
    faces = engine.find_faces(picture)
    person = result.embedding = engine.embed(picture, faces[0]) if faces else None
    assessed = quality.assess(picture, faces, embedding=person)
    hint = str(assessed.hint or "")
    alone = Outcome.PASSED if assessed.face_count == 1 else Outcome.FAILED
    result.findings.append(
        Finding(Check.FACE_FOUND, alone, details={"faces": assessed.face_count, "hint": hint})
    )
    if person is None:
        return None
    result.findings.append(_scored(evidence, Check.FACE_QUALITY, assessed.unified, hint=hint))
    return faces[0], person


def _duplicate_finding(submission: Submission, embedding: Embedding) -> Finding:
    threshold = submission.thresholds.duplicate_face
    candidates = find_duplicates(embedding, owner=submission.owner, threshold=threshold)
    return duplicate_finding([one.named() for one in candidates], submission.thresholds)


def _scored(evidence: FaceEvidence, check: Check, score: float, **details: object) -> Finding:
    return scored(check, score, evidence.thresholds[THRESHOLD_OF[check]], **details)
