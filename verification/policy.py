"""From findings to a verdict. Pure: the same findings always give the same answer.

No citizen is rejected here. A picture the citizen can mend is asked for again; everything else that
is not plainly right goes to a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from verification.findings import Check, Finding, Outcome


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict
    RETAKE = "retake"
    REVIEW = "review"


@dataclass(frozen=True)
class Judgement:
    """The verdict and the check that tipped it (None for a pass)."""

    verdict: Verdict
    because: Check | None = None


# What the citizen can mend by taking the picture again, the most useful hint first.
MENDABLE = (
    Check.FACE_FOUND,
    Check.FACE_QUALITY,
    Check.PORTRAIT_FOUND,
    Check.CHALLENGE,
    Check.LIVENESS,
)

# What an impostor cannot help, and what tells that somebody else's data are used.
ATTACKED = (
    Check.CARD_IS_ORIGINAL,
    Check.FACE_MATCH,
    Check.SAME_HOLDER,
    Check.LIVENESS,
    Check.CHALLENGE,
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
SEEN_BY_AN_OFFICER = frozenset({Check.CHALLENGE, Check.LIVENESS})


# What only a renewal can be asked: there is a former digital ID to compare with.
OF_RENEWALS = frozenset({Check.SAME_HOLDER})


def judge(
    findings: Iterable[Finding],
    *,
    may_retake: bool,
    seen_in_person: bool = False,
    renewal: bool = False,
) -> Judgement:
    """Weigh the findings of one attempt. `may_retake` is false once the citizen has tried often
    enough; `seen_in_person` says that an officer had the living person at the counter; `renewal`,
    that a former digital ID is replaced.
    """
    by_check = {finding.check: finding for finding in findings}
    if seen_in_person:
        by_check |= {
            check: replace(by_check[check], outcome=Outcome.PASSED)
            for check in SEEN_BY_AN_OFFICER & by_check.keys()
        }
    if may_retake:
        for check in MENDABLE:
            if check in by_check and by_check[check].outcome == Outcome.FAILED:
                return Judgement(Verdict.RETAKE, check)
    for check in Check:
        if check in OF_RENEWALS and not renewal:
            continue
        # A check that never ran cannot have passed.
        if check not in by_check or by_check[check].outcome != Outcome.PASSED:
            return Judgement(Verdict.REVIEW, check)
    return Judgement(Verdict.PASS)
