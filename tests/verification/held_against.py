"""What the machine finds of a selfie and the picture that it is held against."""

import uuid

import numpy as np

from registration.claims import current_thresholds
from verification.capture import Capture
from verification.examine import Examination, FaceEvidence, examine_face
from verification.findings import Check, Finding
from verification.images import encode


def held_against(portrait: np.ndarray, taken: np.ndarray) -> dict[Check, Finding]:
    evidence = FaceEvidence(
        subject=uuid.UUID(int=1),
        owner=uuid.UUID(int=2),
        thresholds=current_thresholds(),
        portrait=encode(portrait),
        selfie=encode(taken),
        film=None,
        capture=Capture(),
    )
    result = Examination()
    examine_face(evidence, result, report=lambda _stage: None)
    return {finding.check: finding for finding in result.findings}
