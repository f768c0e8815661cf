"""Appointments at the counters of offices: how far ahead, how near, and how many at once."""

from datetime import timedelta

APPOINTMENTS_AHEAD = timedelta(days=28)  # so far ahead an office's hours are opened
APPOINTMENT_NOTICE = timedelta(hours=1)  # nothing nearer than that is given away
# Until so long before, half of the places are for registrations whose number is known.
APPOINTMENTS_KEPT_BACK = timedelta(days=1)
APPOINTMENTS_OF_NETWORK = 20  # open at once, of those that no known number stands behind
APPOINTMENT_REMINDED_BEFORE = timedelta(days=1)
APPOINTMENT_CODE_TRIES, APPOINTMENT_CODE_LONGEST_LOCK = 5, timedelta(hours=1)
APPOINTMENTS_KEPT = timedelta(days=30)  # after their day
