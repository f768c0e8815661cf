"""From findings to a verdict. Pure: the same findings always give the same answer.

No citizen is rejected here. A picture the citizen can mend is asked for again; everything else that
is not plainly right goes to a person. What a number's digital ID has to do with it is told only
where all else passed: to the person who was proven.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from verification.findings import Check, Finding, Outcome


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict
    RETAKE = "retake"
    REVIEW = "review"
    OTHER_WAY = "other_way"  # proven, but by the way that does not fit the number


@dataclass(frozen=True)
class Judgement:
    """The verdict and the check that tipped it (None for a pass)."""

    verdict: Verdict
    because: Check | None = None


@dataclass(frozen=True)
class Situation:
    """What the policy has to know beside the findings.

    `attempt` counts the selfies of this enrollment from 1, of which `most_attempts` may be asked
    for; `seen_in_person` says that an officer had the living person at the counter; `renewal`, that
    a former digital ID is replaced. Checks that are `shadowed` are measured and decide nothing.
    """

    attempt: int
    most_attempts: int
    seen_in_person: bool = False
    renewal: bool = False
    shadowed: frozenset[Check] = frozenset()

    @property
    def may_retake(self) -> bool:
        return self.attempt < self.most_attempts


# What the citizen can mend by taking the picture again, the most useful hint first.
MENDABLE = (
    Check.FACE_FOUND,
    Check.FACE_QUALITY,
    Check.PORTRAIT_FOUND,
    Check.CHALLENGE,
    Check.LIVENESS,
)

# What is asked for again where it is not sure; where it surely failed, a person has to look.
UNSURE = (Check.SOLID,)

# What an impostor cannot help, and what tells that somebody else's data are used.
ATTACKED = (
    Check.CARD_IS_ORIGINAL,
    Check.CARD_IS_CONSISTENT,
    Check.OWN_PICTURE,
    Check.FACE_MATCH,
    Check.SAME_HOLDER,
    Check.LIVENESS,
    Check.CHALLENGE,
    Check.SOLID,
    Check.DUPLICATE,
    Check.FRESH_PICTURES,
)
CONTRADICTED = (Check.DATA_AS_READ, Check.REGISTER)


def risk(findings: Iterable[Finding]) -> int:
    """How much speaks for an attack: 2 a failed check of one, 1 data that contradict, 0 neither."""
    failed = {finding.check for finding in findings if finding.outcome == Outcome.FAILED}
    if failed.intersection(ATTACKED):
        return 2
    return int(bool(failed.intersection(CONTRADICTED)))


# What an officer who has the person in front of them sees better than any machine.
SEEN_BY_AN_OFFICER = frozenset(
    {Check.OWN_PICTURE, Check.CHALLENGE, Check.LIVENESS, Check.SOLID, Check.CAPTURE}
)


# What only a renewal can be asked: there is a former digital ID to compare with.
OF_RENEWALS = frozenset({Check.SAME_HOLDER, Check.FORMER_PROVEN})

# What coming back from another device is judged by: the face, against the one that was verified.
# There is no card in it; that one's own selfie, shown again, is no fresh picture.
OF_RETURNS = (
    Check.FACE_FOUND,
    Check.FACE_QUALITY,
    Check.PORTRAIT_FOUND,
    Check.CHALLENGE,
    Check.LIVENESS,
    Check.SOLID,
    Check.CAPTURE,
    Check.FRESH_PICTURES,
    Check.FACE_MATCH,
)

# What putting a suspended digital ID in force again is judged by: the photo that it shows to
# whoever checks it must not do, bent or enlarged.
OF_RESUMES = (*OF_RETURNS, Check.OWN_PICTURE)


def judge(findings: Iterable[Finding], situation: Situation) -> Judgement:
    """Weigh the findings of one attempt: a check that never ran cannot have passed."""
    waived = situation.shadowed | (SEEN_BY_AN_OFFICER if situation.seen_in_person else set())
    found = _without(waived, findings)
    mended = _first_to_mend(found)
    if situation.may_retake and mended is not None:
        return Judgement(Verdict.RETAKE, mended)
    asked = [check for check in Check if situation.renewal or check not in OF_RENEWALS]
    missed = [check for check in asked if not _passed(found, check)]
    if not missed:
        return Judgement(Verdict.PASS)
    if missed == [Check.WAY_FITS] and _failed(found, Check.WAY_FITS):
        return Judgement(Verdict.OTHER_WAY, Check.WAY_FITS)
    return Judgement(Verdict.REVIEW, missed[0])


def judge_return(
    findings: Iterable[Finding], *, shadowed: frozenset[Check] = frozenset()
) -> Judgement:
    """Whether whoever comes back is the person that was verified. There is no officer in it: the
    case has been decided, and what does not pass may be tried again, a few times.
    """
    return _judge_alone(OF_RETURNS, findings, shadowed)


def judge_resume(
    findings: Iterable[Finding], *, shadowed: frozenset[Check] = frozenset()
) -> Judgement:
    """Whether it is the holder who wants the digital ID in force again; the same, and stricter."""
    return _judge_alone(OF_RESUMES, findings, shadowed)


def _judge_alone(
    asked: Iterable[Check], findings: Iterable[Finding], shadowed: frozenset[Check]
) -> Judgement:
    found = _without(shadowed, findings)
    missed = [check for check in asked if not _passed(found, check)]
    return Judgement(Verdict.RETAKE, missed[0]) if missed else Judgement(Verdict.PASS)


def _without(waived: Set[Check], findings: Iterable[Finding]) -> dict[Check, Finding]:
    """The findings by their checks; what is waived has passed."""
    return {
        one.check: replace(one, outcome=Outcome.PASSED) if one.check in waived else one
        for one in findings
    }


def _first_to_mend(found: Mapping[Check, Finding]) -> Check | None:
    failed = [check for check in MENDABLE if _failed(found, check)]
    unsure = [
        check for check in UNSURE if check in found and found[check].outcome == Outcome.DOUBTFUL
    ]
    return next(iter(failed + unsure), None)


def _passed(found: Mapping[Check, Finding], check: Check) -> bool:
    return check in found and found[check].outcome == Outcome.PASSED


def _failed(found: Mapping[Check, Finding], check: Check) -> bool:
    return check in found and found[check].outcome == Outcome.FAILED
