"""The tables of `registration`, each group in a file of its own."""

from registration.models.appeals import Appeal, appeals_against_own, barred_from
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
from registration.models.exercises import (
    Exercise,
    ExercisePicture,
    ExerciseShare,
    KnownAnswer,
    share_now,
)
from registration.models.help_line import HelpCode, HelpLook
from registration.models.outcomes import Ending, GroupOutcome
from registration.models.reassignments import Left, ReassignedCase, Reassignment, Way
from registration.models.resume_checks import ResumeCheck, ResumeOutcome
from registration.models.return_checks import ReturnCheck, ReturnOutcome
from registration.models.second_person import Answer, GuardedAct, SecondPersonRequest
from registration.models.served_exercises import ExerciseAnswer, ServedExercise
from registration.models.visits import CounterVisit

__all__ = [
    "REFERENCE_ALPHABET",
    "Answer",
    "Appeal",
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
    "Exercise",
    "ExerciseAnswer",
    "ExercisePicture",
    "ExerciseShare",
    "Finding",
    "FormerProof",
    "GroupOutcome",
    "GuardedAct",
    "Handoff",
    "HelpCode",
    "HelpLook",
    "KnownAnswer",
    "Left",
    "Notice",
    "ReassignedCase",
    "Reassignment",
    "RejectReason",
    "ResumeCheck",
    "ResumeOutcome",
    "RetakeReason",
    "ReturnCheck",
    "ReturnOutcome",
    "Risk",
    "SavedView",
    "SecondPersonRequest",
    "ServedExercise",
    "Way",
    "appeals_against_own",
    "as_reference",
    "barred_from",
    "enrollment_end",
    "new_nonce",
    "new_reference",
    "share_now",
]
