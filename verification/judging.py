"""Scores held against thresholds: as they are now, or as they might be. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from core.required import required
from core.typing import Json
from verification.capture import SEEN_IN_FRAMES, Assurance, Capture, Light, Seen, Sign
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
NOTHING_SEEN = Seen()
NOT_OURS = (Light.OTHER, Light.SOMEBODY_ELSE)
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


def capture_finding(capture: Capture, thresholds: Thresholds, seen: Seen = NOTHING_SEEN) -> Finding:
    """Whether the pictures may be taken for a camera's. What nobody vouches for is an officer's,
    and so is what has a sign against it.
    """
    details: Json = {
        "assurance": str(capture.assurance),
        "signs": [str(sign) for sign in capture.signs],
        "drawn": capture.drawn,
        "shadowed": sorted(capture.shadowed),
    }
    if seen.grain is not None:
        details["grain"] = round(seen.grain, 4)
    if seen.light:
        details |= {"light": str(seen.light), "fits": seen.fits}
    return _capture_judged(details, thresholds)


def _capture_judged(details: Json, thresholds: Thresholds) -> Finding:
    """`on_trial` are the signs that were seen and decide nothing."""
    shadowed = details.get("shadowed", [])
    seen = [Sign.SAME_GRAIN] if _below(details.get("grain"), thresholds.own_grain) else []
    seen += [Sign.OTHER_LIGHT] if details.get("light") in NOT_OURS else []
    weighed = [sign for sign in seen if sign not in shadowed]
    outcome = Outcome.MISSING
    if details.get("assurance", Assurance.UNATTESTED) != Assurance.UNATTESTED:
        outcome = Outcome.DOUBTFUL if details.get("drawn") or weighed else Outcome.PASSED
    noted = [*details.get("signs", []), *details.get("on_trial", [])]
    said = [sign for sign in noted if sign not in SEEN_IN_FRAMES]
    signs = [str(sign) for sign in (*said, *seen)]
    told = {
        **details,
        "signs": [sign for sign in signs if sign not in shadowed],
        "on_trial": [sign for sign in signs if sign in shadowed],
    }
    return Finding(Check.CAPTURE, outcome, details=told)


def _below(score: float | None, least: float) -> bool:
    return score is not None and score < least


def judged_again(finding: Finding, thresholds: Thresholds) -> Finding:
    """The same finding under these thresholds; what has none stays as it is.

    A lower threshold for duplicates finds no more than was kept: the faces are not searched again.
    """
    again = AGAIN.get(finding.check)
    if again is not None and (finding.score is not None or finding.check in WITHOUT_SCORE):
        return again(finding, thresholds)
    if finding.check in THRESHOLD_OF and finding.score is not None:
        threshold = thresholds[THRESHOLD_OF[finding.check]]
        return scored(finding.check, finding.score, threshold, **finding.details)
    return finding


def _holder_again(finding: Finding, thresholds: Thresholds) -> Finding:
    likeness = required(finding.score, "likeness")
    return holder_finding(likeness, finding.details.get("stopped", ""), thresholds)


WITHOUT_SCORE = (Check.SOLID, Check.CARD_IS_ORIGINAL, Check.DUPLICATE, Check.CAPTURE)
AGAIN: dict[Check, Callable[[Finding, Thresholds], Finding]] = {
    Check.SAME_HOLDER: _holder_again,
    Check.SOLID: lambda finding, thresholds: solid_finding(finding.score, thresholds),
    Check.CARD_IS_ORIGINAL: lambda finding, thresholds: original_finding(
        finding.details, thresholds
    ),
    Check.DUPLICATE: lambda finding, thresholds: duplicate_finding(
        finding.details["candidates"], thresholds
    ),
    Check.CAPTURE: lambda finding, thresholds: _capture_judged(finding.details, thresholds),
}
