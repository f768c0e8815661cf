"""Scores held against thresholds: as they are now, or as they might be. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from core.typing import Json
from verification.capture import Assurance, Capture
from verification.findings import Check, Finding, Outcome, scored
from verification.thresholds import Thresholds

THRESHOLD_OF = {
    Check.CARD_READABLE: "card_sharpness",
    Check.FACE_QUALITY: "face_quality",
    Check.OWN_PICTURE: "own_picture",
    Check.FACE_MATCH: "face_match",
    Check.SAME_HOLDER: "face_match",
    Check.LIVENESS: "liveness",
}
SUSPICIONS = ("screen", "copy", "altered")


def original_finding(details: Json, thresholds: Thresholds) -> Finding:
    """Whether the photo shows the card as it was issued; `details` holds the scores of SUSPICIONS,
    those of before one was known without it, and the `signs` that were seen. The one that comes
    nearer to its own threshold, or goes further beyond it, decides.
    """
    held = [(1 - details.get(name, 0.0), 1 - thresholds[f"card_is_{name}"]) for name in SUSPICIONS]
    score, threshold = min(held, key=lambda one: one[0] - one[1])
    return scored(Check.CARD_IS_ORIGINAL, score, threshold, **details)


def consistent_finding(contradictions: Iterable[str]) -> Finding:
    """Whether what a card says goes together; codes of verification.cards.contradictions."""
    found = list(contradictions)
    outcome = Outcome.FAILED if found else Outcome.PASSED
    return Finding(Check.CARD_IS_CONSISTENT, outcome, details={"contradictions": found})


def duplicate_finding(candidates: list[Json], thresholds: Thresholds) -> Finding:
    """`candidates`: {subject, similarity} of faces under other numbers, the most alike first."""
    threshold = thresholds["duplicate_face"]
    alike = [one for one in candidates if one["similarity"] >= threshold]
    return Finding(
        Check.DUPLICATE,
        Outcome.FAILED if alike else Outcome.PASSED,
        round(1 - alike[0]["similarity"], 4) if alike else 1.0,
        1 - threshold,
        {"candidates": alike},
    )


def holder_finding(likeness: float, stopped: str, thresholds: Thresholds) -> Finding:
    """Whether the selfie shows whom the former digital ID shows; `likeness` is their cosine.

    `stopped` says why that one was taken out of force, where a person has to look at it whatever
    the faces say; it is kept in the details.
    """
    finding = scored(Check.SAME_HOLDER, likeness, thresholds["face_match"], stopped=stopped)
    doubted = stopped and finding.outcome == Outcome.PASSED
    return replace(finding, outcome=Outcome.DOUBTFUL) if doubted else finding


def solid_finding(score: float | None, thresholds: Thresholds) -> Finding:
    """Whether a head turned (verification.faces.solid). What lies between the two thresholds is
    doubtful, and so is a turn too small or too wide to tell, whose score is None.
    """
    if score is None:
        return Finding(Check.SOLID, Outcome.DOUBTFUL)
    finding = scored(Check.SOLID, score, thresholds["solid"])
    doubted = finding.outcome == Outcome.PASSED and score < thresholds["solid_sure"]
    return replace(finding, outcome=Outcome.DOUBTFUL) if doubted else finding


def capture_finding(capture: Capture) -> Finding:
    """Whether the pictures may be taken for a camera's. What nobody vouches for is an officer's."""
    outcome = Outcome.MISSING
    if capture.assurance != Assurance.UNATTESTED:
        outcome = Outcome.DOUBTFUL if capture.drawn else Outcome.PASSED
    details = {
        "assurance": str(capture.assurance),
        "signs": [str(sign) for sign in capture.signs],
        "drawn": capture.drawn,
    }
    return Finding(Check.CAPTURE, outcome, details=details)


def judged_again(finding: Finding, thresholds: Thresholds) -> Finding:
    """The same finding under these thresholds; what has none stays as it is.

    A lower threshold for duplicates finds no more than was kept: the faces are not searched again.
    """
    if finding.check == Check.SAME_HOLDER and finding.score is not None:
        return holder_finding(finding.score, finding.details.get("stopped", ""), thresholds)
    if finding.check == Check.SOLID:
        return solid_finding(finding.score, thresholds)
    if finding.check in THRESHOLD_OF and finding.score is not None:
        threshold = thresholds[THRESHOLD_OF[finding.check]]
        return scored(finding.check, finding.score, threshold, **finding.details)
    if finding.check == Check.CARD_IS_ORIGINAL:
        return original_finding(finding.details, thresholds)
    if finding.check == Check.DUPLICATE:
        return duplicate_finding(finding.details["candidates"], thresholds)
    return finding
