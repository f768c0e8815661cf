"""Whether a card ties the person it names to a record. Pure.

What a client typed is never evidence for itself: a field counts only where the card's own print
says it, surely, or where the register vouches for what was *read*. A register that agrees with what
was typed beside an unread field proves nothing, for whoever types may know the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from verification.findings import Check, Finding, Outcome


class Tie(StrEnum):
    """What a reading says of a confirmed value."""

    SURE = "sure"  # surely read, and the same
    VOUCHED = "vouched"  # read with doubt, the same, and the register says so too
    UNREAD = "unread"  # nothing but the form says it
    CONTRADICTED = "contradicted"  # surely read otherwise


@dataclass(frozen=True)
class Claim:
    """One field of the card: as read, as confirmed, as registered, each in comparable form.

    `registered` is None where the register does not say; `binds` the field that ties the card to a
    record (the number), which has to be surely read: by it the register is asked.
    """

    name: str
    read: str
    confidence: float
    confirmed: str
    registered: str | None = None
    binds: bool = False


def tie(claim: Claim, *, sure: float) -> Tie:
    """How the card stands to what was confirmed; `sure` is the confidence that is believed."""
    same = claim.read == claim.confirmed
    if claim.confidence >= sure:
        return Tie.SURE if same else Tie.CONTRADICTED
    vouched = claim.read != "" and claim.read == claim.registered and not claim.binds
    return Tie.VOUCHED if same and vouched else Tie.UNREAD


def data_finding(claims: Iterable[Claim], *, sure: float) -> Finding:
    """Passed where every field is tied; doubtful where some are unread; failed on a contradiction.

    The details name the fields that are not tied, by kind.
    """
    ties = {claim.name: tie(claim, sure=sure) for claim in claims}
    named = {
        kind: [name for name, found in ties.items() if found == kind]
        for kind in (Tie.CONTRADICTED, Tie.UNREAD)
    }
    outcome = Outcome.PASSED
    if named[Tie.UNREAD] or not ties:
        outcome = Outcome.DOUBTFUL
    if named[Tie.CONTRADICTED]:
        outcome = Outcome.FAILED
    return Finding(Check.DATA_AS_READ, outcome, details={str(k): v for k, v in named.items()})
