"""Findings in an officer's words: what was looked at, what came out, what it means."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.typing import Json, StrOrPromise
from identity.life import LifeReason
from identity.person import FIELDS, comparable
from offices.models import Officer
from registration.models import Enrollment, Evidence, EvidenceKind, Finding
from verification.capture import Sign
from verification.cards.contradictions import Contradiction
from verification.findings import Check, Outcome

NAMING = (Check.DUPLICATE, Check.FRESH_PICTURES)


@dataclass(frozen=True)
class Candidate:
    """An enrollment under another number whose face is like this one's.

    `similarity` is the cosine of the two faces; `has_selfie` says that a picture is still kept.
    """

    case: Enrollment
    within_reach: bool
    has_selfie: bool
    similarity: float = 0.0


@dataclass(frozen=True)
class ExplainedFinding:
    check: str
    label: str
    outcome: str
    outcome_label: str
    score: float | None
    threshold: float | None
    sentence: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class ComparedField:
    """One line of the comparison: as read, as confirmed, as registered."""

    label: str
    name: str
    read: str
    doubtful: bool
    confirmed: str
    registered: str

    @property
    def differs(self) -> bool:
        told = (self.read, self.confirmed, self.registered)
        return len({comparable(self.name, value) for value in told if value}) > 1


def named_candidates(findings: list[Finding], officer: Officer) -> dict[str, Candidate]:
    """The enrollments that findings name, with the same face or picture, of whatever office: that
    is the point of it.

    An officer sees their reference and office, and their pictures only if they are within reach.
    """
    subjects = [
        entry["subject"]
        for finding in findings
        if finding.check_name in NAMING
        for entry in finding.details.get("candidates", [])
    ]
    if not subjects:
        return {}
    named = Enrollment.objects.filter(pk__in=subjects)
    within = set(named.visible_to(officer).values_list("pk", flat=True))
    selfies = Evidence.objects.filter(
        enrollment=OuterRef("pk"), kind=EvidenceKind.SELFIE, replaced_at=None, deleted_at=None
    )
    cases = named.select_related("office").annotate(has_selfie=Exists(selfies))  # type: ignore[no-redef]  # declared there
    return {
        str(case.pk): Candidate(case, case.pk in within, has_selfie=case.has_selfie)
        for case in cases
    }


def doubts_in_words(enrollment: Enrollment) -> list[ExplainedFinding]:
    """What the last attempt did not pass, without whom findings name."""
    findings = enrollment.findings.filter(attempt=enrollment.selfie_attempts)
    return [explain(finding, {}) for finding in findings.exclude(outcome=Outcome.PASSED)]


def explain(finding: Finding, candidates: dict[str, Candidate]) -> ExplainedFinding:
    """A finding with its sentence. `candidates`: what `named_candidates` found, by subject."""
    found = tuple(
        replace(candidates[entry["subject"]], similarity=entry["similarity"])
        for entry in finding.details.get("candidates", [])
        if entry["subject"] in candidates
    )
    return ExplainedFinding(
        check=finding.check_name,
        label=finding.get_check_name_display(),
        outcome=finding.outcome,
        outcome_label=finding.get_outcome_display(),
        score=finding.score,
        threshold=finding.threshold,
        sentence=_sentence(finding),
        candidates=found,
    )


def _sentence(finding: Finding) -> str:
    if finding.outcome == Outcome.PASSED:
        return ""
    special = SPECIAL.get(finding.check_name)
    return special(finding.details) if special else str(MEANING[finding.check_name])


def _fields(names: list[str]) -> str:
    return ", ".join(str(FIELDS[name].label) for name in names)


def _register_sentence(details: Json) -> str:
    if not details.get("found"):
        return gettext("The number is not in the population register.")
    if not details.get("alive"):
        return gettext("The register says that this person has died or was removed.")
    return gettext("Differs from the register: %(fields)s.") % {
        "fields": _fields(details["differing"])
    }


def _data_sentence(details: Json) -> str:
    sentences = {
        "contradicted": gettext("Surely read on the card, but confirmed otherwise: %(fields)s."),
        "unread": gettext(
            "Not surely read, so nothing but the form says it: %(fields)s. Read the card yourself."
        ),
    }
    return " ".join(
        words % {"fields": _fields(details[kind])}
        for kind, words in sentences.items()
        if details.get(kind)
    )


CONTRADICTIONS: dict[str, StrOrPromise] = {
    Contradiction.CHECK_DIGIT: _("the number's check digit is wrong"),
    Contradiction.TITLES: _("the titles in Thai and English differ"),
    Contradiction.DATES: _("a date is another in Thai than in English"),
    Contradiction.EXPIRY: _("the card does not expire on the eve of a birthday"),
    Contradiction.REQUEST: _("the number under the portrait names another day of issue"),
}


def _consistent_sentence(details: Json) -> str:
    found = ", ".join(str(CONTRADICTIONS[code]) for code in details.get("contradictions", ()))
    return gettext("The card may have been altered: %(found)s.") % {"found": found}


def _holder_sentence(details: Json) -> str:
    """What stopped the former digital ID weighs more than how alike the faces are."""
    stopped = details.get("stopped")
    if stopped:
        label = dict(LifeReason.choices).get(stopped, gettext("no reason is known"))
        return gettext("The former digital ID is not in force: %(reason)s.") % {"reason": label}
    return gettext("Compare the selfie with the picture of the former digital ID, if it has one.")


def _original_sentence(details: Json) -> str:
    """Each sign that was seen; a threshold below that of a sign may be passed by none."""
    told = [str(SIGNS[name]) for name in details.get("signs", ())]
    told = told or [gettext("The photo may show a screen, a copy or an altered card.")]
    return " ".join([*told, gettext("No sign is proof: look at the photo closely.")])


def _capture_sentence(details: Json) -> str:
    """Where the pictures come from, as far as the portal knows."""
    told = [str(CAPTURES[sign]) for sign in details.get("signs", ())]
    if details.get("drawn"):
        told.append(gettext("A browser's camera took it, and chance has drawn it for an officer."))
    told = told or [gettext("Nobody vouches for the pictures: they came from an unknown program.")]
    return " ".join([*told, gettext("Look whether the face moves like a living one.")])


CAPTURES: dict[str, StrOrPromise] = {
    Sign.FILE: _("The selfie was chosen from a file."),
    Sign.VIRTUAL_CAMERA: _("A program took the camera's place (a virtual camera)."),
    Sign.UNKNOWN_APP: _("The app could not prove that it is the real one on a sound device."),
}
SPECIAL: dict[str, Callable[[Json], str]] = {
    Check.REGISTER: _register_sentence,
    Check.CARD_IS_CONSISTENT: _consistent_sentence,
    Check.DATA_AS_READ: _data_sentence,
    Check.SAME_HOLDER: _holder_sentence,
    Check.CARD_IS_ORIGINAL: _original_sentence,
    Check.CAPTURE: _capture_sentence,
}
SIGNS: dict[str, StrOrPromise] = {
    "grid": _("A fine grid lies over the photo, as screens have."),
    "dark_rim": _("A dark straight rim is around the card, as phones have around their picture."),
    "colourless": _("The card has no colours."),
    "print_dots": _("The card is made of dots, as an office printer sets them."),
    "square_corners": _("The card's corners are square, as scissors cut them."),
    "no_chip": _("There is no chip in its place; cards issued before 2005 have none."),
    "marked": _("Large red letters are laid across the card, as on specimens."),
    "portrait_rim": _("A thin shadow runs along the portrait, as if it were glued on."),
    "unlike_digits": _("Equal digits of the ID number are printed unlike each other."),
}
MEANING: dict[str, StrOrPromise] = {
    Check.CARD_READABLE: _(
        "The photo of the card is not sharp. Compare the fields with the picture."
    ),
    Check.PORTRAIT_FOUND: _("No face was found in the portrait on the card."),
    Check.FACE_FOUND: _("The selfie does not show exactly one face."),
    Check.FACE_QUALITY: _("The selfie is not clear enough for a sure comparison."),
    Check.FACE_MATCH: _("The faces are less alike than two photos of one person usually are."),
    Check.LIVENESS: _("The selfie may be a photo of a picture or of a screen."),
    Check.CHALLENGE: _(
        "The head turns were not done or not followed. A camera may have been missing."
    ),
    Check.SOLID: _(
        "The turned head may be one picture that was bent. Look for ears, hair and light that"
        " do not change as they should."
    ),
    Check.FORMER_PROVEN: _(
        "Neither the former device nor its password was proven. If you approve, the present digital"
        " ID stays valid for a day, in which its holder can object."
    ),
    Check.WAY_FITS: _(
        "The number has a digital ID already, or a renewal's number has none: it cannot be approved"
        " this way."
    ),
    Check.DUPLICATE: _("This face is known under another number. Compare the pictures."),
    Check.FRESH_PICTURES: _(
        "A picture was handed in before, or twice: it may be a recording. Ask for a new one,"
        " or see the person."
    ),
}
