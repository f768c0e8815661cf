"""Figures that an operator may tune. docs/verification.md says where the thresholds come from."""

from datetime import date, time, timedelta
from typing import Any

from dopa_portal.settings.exercises import *  # noqa: F403 - known cases among the others
from dopa_portal.settings.line import *  # noqa: F403 - how those who come at once are let in

MACHINE_THRESHOLDS = {
    "face_match": 0.47,  # cosine of selfie and card portrait
    "own_picture": 0.05,  # what the selfie shows that no warp of the portrait explains
    "face_quality": 40.0,  # unified quality of the selfie, 0 to 100
    "liveness": 0.80,  # passive score of the selfie, 1 is live
    "solid": 0.016,  # of turned frames against the straight one: below, a picture was turned
    "solid_sure": 0.019,  # below, it is asked for once more
    "own_grain": 0.42,  # of turned frames: below, their finest detail came along with a warp
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

# Checks that are measured and decide nothing yet: "solid", to see what it would do, and no other.
SHADOWED_CHECKS: frozenset[str] = frozenset()
# The same of single signs against a camera (verification.capture.SHADOWABLE): tried on few people
# yet. "nameless_camera" and "even_times" belong here where an honest browser shows them.
SHADOWED_SIGNS: frozenset[str] = frozenset({"same_grain"})
# Colours that the screen shows once the head has turned: "off"; "shadow", shown and decide nothing;
# "on", where a face that other colours lit is an officer's. Nobody has to take part.
SCREEN_COLOURS = "off"
BROWSER_LOOK_SHARE = 0.05  # of what a browser's camera took, drawn for an officer however good
# Names of virtual cameras, in small letters, that are trusted all the same.
KNOWN_VIRTUAL_CAMERAS: frozenset[str] = frozenset()

TERMS_VERSION = "2023-01-20"
ENROLLMENT_OPEN_FOR = timedelta(days=30)
MAX_SELFIE_ATTEMPTS = 5
MAX_CARD_PHOTOS = 2  # asked for, until what could not be read surely is an officer's to read
MAX_RETURN_SELFIES = 5  # to go on elsewhere once verified
# To put a suspended digital ID in force again: in a day, and since it last succeeded.
MAX_RESUMES_A_DAY, MAX_RESUMES = 3, 9
REPLACED_AFTER = timedelta(hours=24)  # in which the holder can stop a renewal nobody proved
ENDED_AFTER = timedelta(hours=24)  # in which the holder can keep what they asked to end
CHALLENGE_VALID_FOR = timedelta(minutes=3)
# Head turns drawn for one number in that time; after them an officer looks at a selfie without.
MAX_CHALLENGE_DRAWS = 6
CHALLENGE_DRAWS_COUNTED_FOR = timedelta(days=1)
HANDOFF_VALID_FOR = timedelta(minutes=10)
CASE_HELD_FOR = timedelta(minutes=10)
# The holder's page gives a sign of life every ten seconds. With the beat that looks for silence
# every 15 seconds, a case of a dead browser is free within a minute.
CASE_HOLDER_SILENT_FOR = timedelta(seconds=40)
CASE_GIVEN_FOR = timedelta(seconds=40)  # what a supervisor gives waits for its officer so long
CASE_LEFT_FOR = timedelta(seconds=5)  # whoever only loads the page again keeps the case
CASE_ANSWERED_WITHIN = timedelta(hours=4)  # the service target, shown beside a case's age
DECISION_UNDONE_WITHIN = timedelta(seconds=30)
SECOND_LOOK_SHARE = 0.05  # of approvals without a failed check, drawn for a second officer
# How long a change of a lever waits for the second administrator, and how old the second factor of
# either may be. Whoever confirms types how many people it touches; the number may drift by a share.
LEVER_WAITS_FOR = timedelta(days=1)
SECOND_FACTOR_FRESH_FOR = timedelta(minutes=5)
LEVER_DRIFT = 0.05
INVITATION_VALID_FOR = timedelta(hours=72)
# Somebody who is no officer is switched off by one administrator alone for so long, unless a second
# one confirms it; and not again by the same one before this.
ACCOUNT_HELD_FOR, ACCOUNT_NOT_HELD_AGAIN_FOR = timedelta(days=1), timedelta(days=7)
# People of one list that are invited together; how many mails with a link go out in a minute, and
# how old a link is before another one may be sent after it.
LIST_LINES_AT_MOST, LIST_MAILS_A_MINUTE, LINK_SENT_AGAIN_AFTER = 2_000, 60, timedelta(hours=1)
LIST_KEPT = timedelta(days=7)  # the lines of one that nobody agreed to
LINK_BINDS_FOR = timedelta(days=7)  # whoever handed a link out and its user are no two people
# A call to 1548: how long a code serves, how long an agent sees what it or a search opened, and how
# much of it one agent may do in a day.
HELP_CODE_VALID_FOR = timedelta(minutes=10)
HELP_SEEN_FOR = timedelta(minutes=15)
HELP_FREE_TRIES = 5  # wrong codes; then each doubles the pause
HELP_LONGEST_LOCK = timedelta(hours=1)
HELP_SEARCHES_A_DAY, HELP_SUSPENSIONS_A_DAY = 150, 30
HELP_KEPT = timedelta(days=2)
STAFF_FREE_TRIES = 5  # from one place; then each wrong password or code doubles the pause
STAFF_FREE_TRIES_ANYWHERE = 50  # from all places together where the officer never signed in
STAFF_LONGEST_LOCK = timedelta(hours=1)
STAFF_IDLE_FOR = timedelta(minutes=30)
STAFF_SIGNED_IN_FOR = timedelta(hours=12)
RENEW_WITHIN = timedelta(days=60)  # of the end, the holder is told to have the ID issued anew
HINT_COUNTS_FOR = timedelta(days=90)  # after its end, an ID token still says whom a service means
EVIDENCE_KEPT_AFTER_REJECTION = timedelta(days=30)
EVIDENCE_KEPT_AFTER_ACTIVATION = timedelta(days=90)
# Faces and prints find a person who comes again under another number, and a picture that does.
FACES_KEPT_AFTER_END = timedelta(days=365)  # without result, or of the digital ID
DONE_JOBS_KEPT = timedelta(days=7)
PARKED_JOBS_KEPT = timedelta(days=90)
DELIVERIES_KEPT = timedelta(days=90)
# Of an hour's sealed files, how many may be without a row before an operator is asked.
ORPHANS_AT_MOST, ORPHANS_SHARE = 20, 0.2
HOUSEKEEPING_TAKES = timedelta(seconds=20)  # of each minute, at most
IMPORT_ROLLED_BACK_WITHIN = timedelta(days=90)  # of its end; what was before it is kept so long
# An import that would end or suspend more digital IDs than this waits for two administrators.
REGISTER_ENDS_AT_MOST = 5_000
# So does one beyond these shares of the register (of the file, for rejected lines), in all and of
# one office, once they are more than a handful. Ended: removed, or no longer alive.
REGISTER_CEILINGS = {"ended": (0.005, 0.02), "changed": (0.05, 0.2), "rejected": (0.01, 0.05)}
REGISTER_CEILING_LEAST = 20

# Long enough for a citizen who stays on the page, and for an officer who takes a decision back.
CITIZEN_TOLD_AFTER = timedelta(minutes=1)

# What strangers can cause again and again is sent to a holder once in this time; the inbox has all.
SAME_NOTICE_SENT_ONCE_IN = timedelta(hours=6)

JOB_CLAIM_LASTS = timedelta(seconds=10)  # beyond the last sign of life of who does it
JOB_MAX_DELIVERIES = 3
JOB_MAX_DEATHS = 6  # of workers over one job: more of them die of the machine than of a picture
# Somebody who would wait longer is told to come again; reckoned with so many jobs a second, or as
# many as were done of late where that is more.
QUEUE_AT_MOST = timedelta(seconds=60)
JOBS_A_SECOND = 0.5
# Enrollments begun within a day whose number is not known yet: of a network, and in all.
BEGUN_AT_MOST_OF_NETWORK, BEGUN_AT_MOST_IN_ALL = 2_000, 100_000

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

# How often one network (an IPv4 address, 56 bits of IPv6), or one citizen where the browser is
# known to be somebody's, may do a thing: (times, seconds). A mobile carrier has thousands of people
# behind an address; `_of_network` is what the citizens of one may do together. They keep the load
# down; what must not be guessed is counted in rows (core.guard.tries).
RATE_LIMITS = {
    "start": (600, 3600),
    "resume": (60, 3600),
    "upload": (60, 3600),
    "upload_of_network": (3600, 3600),
    "step": (600, 3600),
    "step_of_network": (36_000, 3600),
    "password": (600, 3600),
    "password_of_network": (3600, 3600),
    "bytes": (200 * 2**20, 3600),  # of pictures as they were sent
    "bytes_of_network": (6 * 2**30, 3600),
    "bytes_in_all": (60 * 2**30, 3600),
    "unlock": (600, 3600),
    "lost": (600, 3600),
    "appointment": (300, 3600),
    "appointment_of_network": (3600, 3600),
    "check": (120, 60),
    "proof": (120, 60),
    "question": (20, 3600),
    "statistics": (1200, 3600),
    "arrival": (3600, 3600),
    "token": (600, 60),
    "service": (600, 60),
}
