"""What a check can find. A finding is a fact with a score; `policy` decides on it."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.typing import Json


class Check(models.TextChoices):
    CARD_READABLE = "card_readable", _("The card could be read")
    CARD_IS_ORIGINAL = "card_is_original", _("The photo shows the card itself")
    CARD_IS_CONSISTENT = "card_is_consistent", _("What the card says goes together")
    DATA_AS_READ = "data_as_read", _("Confirmed data agree with the card")
    REGISTER = "register", _("Confirmed data agree with the register")
    PORTRAIT_FOUND = "portrait_found", _("The portrait on the card is usable")
    FACE_FOUND = "face_found", _("The selfie shows one face")
    FACE_QUALITY = "face_quality", _("The selfie is clear")
    OWN_PICTURE = "own_picture", _("The selfie is not the portrait on the card")
    FACE_MATCH = "face_match", _("Selfie and portrait show the same person")
    SAME_HOLDER = "same_holder", _("Selfie and former digital ID show the same person")
    LIVENESS = "liveness", _("The selfie shows a living person")
    CHALLENGE = "challenge", _("The head turns were followed")
    SOLID = "solid", _("A head turned, not a picture of one")
    CAPTURE = "capture", _("The pictures come straight from a camera")
    DUPLICATE = "duplicate", _("The face is not known under another number")
    FRESH_PICTURES = "fresh_pictures", _("The pictures were not seen before")
    FORMER_PROVEN = "former_proven", _("The former device or password was proven")
    WAY_FITS = "way_fits", _("Registration or renewal, as the number needs it")


class Outcome(models.TextChoices):
    PASSED = "passed", _("passed")
    DOUBTFUL = "doubtful", _("doubtful")
    FAILED = "failed", _("failed")
    MISSING = "missing", _("not done")


@dataclass(frozen=True)
class Finding:
    """One check's result. `score` and `threshold` are on the check's own scale, higher is better.

    `details` holds what an officer needs to understand it (field names, opaque ids, codes), never
    a name, a number or a picture.
    """

    check: Check
    outcome: Outcome
    score: float | None = None
    threshold: float | None = None
    details: Json = field(default_factory=dict)


def scored(check: Check, score: float, threshold: float, **details: object) -> Finding:
    """A finding that passes when the score reaches the threshold."""
    outcome = Outcome.PASSED if score >= threshold else Outcome.FAILED
    return Finding(check, outcome, round(score, 4), threshold, details)
