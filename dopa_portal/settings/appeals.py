"""How long a citizen can appeal against a rejection. Pages and guides take the number from here."""

from datetime import timedelta

# Administrative Procedure Act B.E. 2539, section 44: within so many days of being told.
APPEAL_WITHIN = timedelta(days=15)
