"""Figures that an operator may tune. docs/verification.md says where the thresholds come from."""

from datetime import date, time, timedelta
from typing import Any

MACHINE_THRESHOLDS = {
    "face_match": 0.47,  # cosine of selfie and card portrait
    "face_quality": 40.0,  # unified quality of the selfie, 0 to 100
    "liveness": 0.80,  # passive score of the selfie, 1 is live
    "solid": 0.0226,  # of turned frames against the straight one: below, a picture was turned
    "solid_sure": 0.028,  # below, it is asked for once more
    "duplicate_face": 0.50,  # cosine to a face kept under another number
    "card_sharpness": 0.30,
    "card_is_screen": 0.50,
    "card_is_copy": 0.50,
    "card_is_altered": 0.50,
    "field_confidence": 0.90,  # below it, a read field is shown as doubtful
}

# Vectors of different models are never compared, so a new name here means: run `embed_faces`.
FACE_EMBEDDER: dict[str, Any] = {
    "name": "faceplugin-0.0.1/fr_feature",
    "file": "faces/fr_feature.onnx",
    "bgr": True,
    "middle": 127.5,
    "scale": 128.0,
}

# Checks that are measured and decide nothing yet ("solid"): to see what they would do.
SHADOWED_CHECKS: frozenset[str] = frozenset()
BROWSER_LOOK_SHARE = 0.05  # of what a browser's camera took, drawn for an officer however good
# Names of virtual cameras, in small letters, that are trusted all the same.
KNOWN_VIRTUAL_CAMERAS: frozenset[str] = frozenset()

TERMS_VERSION = "2023-01-20"
ENROLLMENT_OPEN_FOR = timedelta(days=30)
MAX_SELFIE_ATTEMPTS = 5
MAX_CARD_PHOTOS = 2  # asked for, until what could not be read surely is an officer's to read
MAX_RETURN_SELFIES = 5  # to go on elsewhere once verified
REPLACED_AFTER = timedelta(hours=24)  # in which the holder can stop a renewal nobody proved
CHALLENGE_VALID_FOR = timedelta(minutes=3)
# Head turns drawn for one number in that time; after them an officer looks at a selfie without.
MAX_CHALLENGE_DRAWS = 6
CHALLENGE_DRAWS_COUNTED_FOR = timedelta(days=1)
HANDOFF_VALID_FOR = timedelta(minutes=10)
CASE_HELD_FOR = timedelta(minutes=10)
CASE_ANSWERED_WITHIN = timedelta(hours=4)  # the service target, shown beside a case's age
DECISION_UNDONE_WITHIN = timedelta(seconds=30)
SECOND_LOOK_SHARE = 0.05  # of approvals without a failed check, drawn for a second officer
INVITATION_VALID_FOR = timedelta(hours=72)
STAFF_FREE_TRIES = 5  # from one place; then each wrong password or code doubles the pause
STAFF_FREE_TRIES_ANYWHERE = 50  # from all places together where the officer never signed in
STAFF_LONGEST_LOCK = timedelta(hours=1)
STAFF_IDLE_FOR = timedelta(minutes=30)
STAFF_SIGNED_IN_FOR = timedelta(hours=12)
RENEW_WITHIN = timedelta(days=60)  # of the end, the holder is told to have the ID issued anew
HINT_COUNTS_FOR = timedelta(days=90)  # after its end, an ID token still says whom a service means
EVIDENCE_KEPT_AFTER_REJECTION = timedelta(days=30)
EVIDENCE_KEPT_AFTER_ACTIVATION = timedelta(days=90)
# An import that would end or suspend more digital IDs than this waits for an administrator's word.
REGISTER_ENDS_AT_MOST = 5_000

# Long enough for a citizen who stays on the page, and for an officer who takes a decision back.
CITIZEN_TOLD_AFTER = timedelta(minutes=1)

# What strangers can cause again and again is sent to a holder once in this time; the inbox has all.
SAME_NOTICE_SENT_ONCE_IN = timedelta(hours=6)

JOB_CLAIM_LASTS = timedelta(seconds=30)
JOB_MAX_DELIVERIES = 3

UPLOAD_MAX_BYTES = 12 * 2**20
UPLOAD_MAX_PIXELS = 25_000_000  # phones take 5,712 x 4,284 as a matter of course

# What the dashboard measures days against, and from when on it counts the national rollout.
EXPECTED_SIGN_UPS_A_DAY = 7_000
# When the daily summary goes out, Bangkok time, and how long after that it is still worth sending.
SUMMARY_AT, SUMMARY_WITHIN = time(7, 0), timedelta(hours=5)
NATIONAL_SINCE = date(2023, 1, 20)

# When access to cases is pointed out to auditors (audit.hints): openings in so many days.
AUDIT_HINTS = {
    "days": 7,
    "undecided": 40,
    "decided_share": 0.2,
    "elsewhere": 5,
    "night": 5,
    "night_from": 22,  # hours of Bangkok
    "night_until": 5,
    "repeated": 12,
    "most": 50,  # rows of each kind
}

# How often one address, or one citizen where the browser is known to be somebody's, may do a thing:
# (times, seconds). A mobile carrier has thousands of people behind an address. They keep the load
# down; what must not be guessed is counted in rows (core.guard.tries).
RATE_LIMITS = {
    "start": (600, 3600),
    "resume": (60, 3600),
    "upload": (60, 3600),
    "step": (600, 3600),
    "password": (600, 3600),
    "unlock": (600, 3600),
    "lost": (600, 3600),
    "check": (120, 60),
    "proof": (120, 60),
    "question": (20, 3600),
    "statistics": (1200, 3600),
    "arrival": (3600, 3600),
    "token": (600, 60),
}
