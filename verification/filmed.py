"""What the film of the head turns says: of the turns, of the head, and of what filmed it."""

from verification.capture import Capture, Seen
from verification.faces.challenge import Challenge, Judged, judge
from verification.faces.colours import judge_colours
from verification.faces.engine import Embedding
from verification.film import Film
from verification.findings import Check, Finding, Outcome
from verification.images import BadImage
from verification.judging import capture_finding, solid_finding
from verification.thresholds import Thresholds


def film_findings(
    film: Film | None, capture: Capture, thresholds: Thresholds, *, person: Embedding
) -> list[Finding]:
    """Whether the head turns were made by `person`, the face of the selfie, whether it was a head
    that made them, and whether a camera took the pictures.
    """
    judged, turns = _turns(film, thresholds, person)
    seen = _seen(film, judged, person) if film and judged else Seen()
    return [*turns, capture_finding(capture, thresholds, seen)]


def _seen(film: Film, judged: Judged, person: Embedding) -> Seen:
    lit = judge_colours(film.colours, film.coloured(), person)
    return Seen(judged.grain, lit.light, lit.fit)


def _turns(
    film: Film | None, thresholds: Thresholds, person: Embedding
) -> tuple[Judged | None, list[Finding]]:
    missing = Finding(Check.SOLID, Outcome.MISSING)
    if film is None:
        return None, [Finding(Check.CHALLENGE, Outcome.MISSING), missing]
    try:
        judged = judge(Challenge(tuple(film.steps)), film.answers(), person)
    except (BadImage, ValueError):
        bad = Finding(Check.CHALLENGE, Outcome.FAILED, details={"reason": "bad_frames"})
        return None, [bad, missing]
    outcome = Outcome.PASSED if judged.passed else Outcome.FAILED
    made = Finding(Check.CHALLENGE, outcome, judged.score, details={"reason": str(judged.reason)})
    return judged, [made, solid_finding(judged.solid, thresholds)]
