"""Findings in an officer's words: what was looked at, what came out, what it means."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from core.typing import Json
from identity.life import LifeReason
from identity.person import FIELDS, comparable
from offices.models import Officer
from registration.finding_words import (
    CAPTURED_BY,
    CAPTURES,
    CONTRADICTIONS,
    HANDED_IN_BEFORE,
    LIGHTS,
    MEANING,
    SIGNS,
    VERIFIED_BEFORE,
)
from registration.models import Enrollment, Evidence, EvidenceKind, Finding
from verification.capture import Sign
from verification.findings import Check, Outcome

NAMING = (Check.DUPLICATE, Check.FRESH_PICTURES)


@dataclass(frozen=True)
class Candidate:
    """An enrollment under another number whose face is like this one's, or under the same number.

    `similarity` is the cosine of two faces or how much two pictures are the same, 0 where neither
    was compared; `has_selfie` says that a picture is still kept.
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
        for entry in _named_in(finding)
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


def _named_in(finding: Finding) -> list[Json]:
    """What was found alike; where nothing was, what was verified under the same number before."""
    details = finding.details
    if details.get("candidates") or details.get("pictures"):
        return list(details.get("candidates", ()))
    return [{"subject": one, "similarity": 0.0} for one in details.get("verified_before", ())]


def in_memory(kept: list[Json]) -> list[Finding]:
    """Findings of no enrollment (of exercises), as they are kept in JSON; they cannot be saved."""
    return [Finding(**one) for one in kept]


def doubts_in_words(enrollment: Enrollment) -> list[ExplainedFinding]:
    """What the last attempt did not pass, without whom findings name."""
    findings = enrollment.findings.filter(attempt=enrollment.selfie_attempts)
    return [explain(finding, {}) for finding in findings.exclude(outcome=Outcome.PASSED)]


def explain(finding: Finding, candidates: dict[str, Candidate]) -> ExplainedFinding:
    """A finding with its sentence. `candidates`: what `named_candidates` found, by subject."""
    found = tuple(
        replace(candidates[entry["subject"]], similarity=entry["similarity"])
        for entry in _named_in(finding)
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
        return _captured_by(finding.details) if finding.check_name == Check.CAPTURE else ""
    if finding.check_name == Check.SOLID and finding.outcome == Outcome.MISSING:
        return gettext("There is no film of head turns to judge.")
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
    told.append(gettext("Look whether the face moves like a living one."))
    return " ".join([*told, *_seen(details)])


def _captured_by(details: Json) -> str:
    """Of what passed: who took the pictures; of a virtual camera, that this system knows it."""
    assurance, signs = details.get("assurance"), details.get("signs", ())
    told = [str(CAPTURED_BY[assurance])] if assurance in CAPTURED_BY else []
    if Sign.VIRTUAL_CAMERA in signs:
        told += [str(CAPTURES[Sign.VIRTUAL_CAMERA]), gettext("This system knows and allows it.")]
    return " ".join([*told, *_seen(details)])


def _seen(details: Json) -> list[str]:
    """What the frames tell without counting against anybody."""
    seen = [str(CAPTURES[sign]) for sign in details.get("on_trial", ())]
    light = details.get("light", "")
    told = [str(LIGHTS[light])] if light in LIGHTS else []
    return [*told, *seen, gettext("This is on trial and decides nothing.")] if seen else told


def _fresh_sentence(details: Json) -> str:
    seen = details.get("pictures") or details.get("repeated")
    only_before = details.get("verified_before") and not seen
    return str(VERIFIED_BEFORE if only_before else HANDED_IN_BEFORE)


SPECIAL: dict[str, Callable[[Json], str]] = {
    Check.REGISTER: _register_sentence,
    Check.CARD_IS_CONSISTENT: _consistent_sentence,
    Check.DATA_AS_READ: _data_sentence,
    Check.SAME_HOLDER: _holder_sentence,
    Check.CARD_IS_ORIGINAL: _original_sentence,
    Check.CAPTURE: _capture_sentence,
    Check.FRESH_PICTURES: _fresh_sentence,
}
