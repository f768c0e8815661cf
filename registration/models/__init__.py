"""The tables of `registration`, each group in a file of its own."""

from registration.models.challenges import Challenge, Handoff
from registration.models.contacts import Contact, Notice
from registration.models.decisions import (
    DecidingMove,
    Decision,
    DecisionReason,
    RejectReason,
    RetakeReason,
    SavedView,
)
from registration.models.enrollment import (
    REFERENCE_ALPHABET,
    Channel,
    Enrollment,
    FormerProof,
    Risk,
    as_reference,
    enrollment_end,
    new_nonce,
    new_reference,
)
from registration.models.evidence import Evidence, EvidenceKind, Finding
from registration.models.outcomes import Ending, GroupOutcome
from registration.models.resume_checks import ResumeCheck, ResumeOutcome
from registration.models.return_checks import ReturnCheck, ReturnOutcome
from registration.models.second_person import Answer, GuardedAct, SecondPersonRequest
from registration.models.visits import CounterVisit

__all__ = [
    "REFERENCE_ALPHABET",
    "Answer",
    "Challenge",
    "Channel",
    "Contact",
    "CounterVisit",
    "DecidingMove",
    "Decision",
    "DecisionReason",
    "Ending",
    "Enrollment",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "FormerProof",
    "GroupOutcome",
    "GuardedAct",
    "Handoff",
    "Notice",
    "RejectReason",
    "ResumeCheck",
    "ResumeOutcome",
    "RetakeReason",
    "ReturnCheck",
    "ReturnOutcome",
    "Risk",
    "SavedView",
    "SecondPersonRequest",
    "as_reference",
    "enrollment_end",
    "new_nonce",
    "new_reference",
]
