"""Figures that an operator may tune. docs/calibration.md says where the thresholds come from."""

from datetime import timedelta

MACHINE_THRESHOLDS = {
    "face_match": 0.47,           # cosine of selfie and card portrait
    "liveness": 0.80,             # passive score of the selfie, 1 is live
    "duplicate_face": 0.50,       # cosine to a face kept under another number
    "card_sharpness": 0.30,
    "card_is_screen": 0.50,
    "card_is_copy": 0.50,
    "field_confidence": 0.70,     # below it, a read field is shown as doubtful
}

TERMS_VERSION = "2023-01-20"
ENROLLMENT_OPEN_FOR = timedelta(days=30)
MAX_SELFIE_ATTEMPTS = 5
CHALLENGE_VALID_FOR = timedelta(minutes=3)
HANDOFF_VALID_FOR = timedelta(minutes=10)
CASE_HELD_FOR = timedelta(minutes=10)
EVIDENCE_KEPT_AFTER_REJECTION = timedelta(days=30)
EVIDENCE_KEPT_AFTER_ACTIVATION = timedelta(days=90)

JOB_CLAIM_LASTS = timedelta(seconds=30)
JOB_MAX_DELIVERIES = 3

UPLOAD_MAX_BYTES = 12 * 2**20
UPLOAD_MAX_PIXELS = 24_000_000

API_THROTTLE_RATES = {
    "start": "30/hour",
    "resume": "10/hour",
    "upload": "60/hour",
    "step": "600/hour",
    "password": "30/hour",
    "check": "120/minute",
}
