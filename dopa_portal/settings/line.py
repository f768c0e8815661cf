"""How those who come to register at one moment are let in (docs/decisions/0034-the-line.md)."""

from datetime import timedelta

LINE_MODE = "itself"  # until an administrator sets it by the lever; "off" keeps no line
LINE_TURN_LASTS = timedelta(minutes=15)  # whoever is called begins within it, or draws anew
# Nobody waits as long as no more come at once than are let in within this time, and no fewer.
LINE_BURST_FOR, LINE_BURST_LEAST = timedelta(minutes=2), 30
LINE_LEAST_A_MINUTE = 1.0  # by itself it never stands still
# How far ahead of the workers: jobs that wait for less are no reason to slow down, and what is
# beyond is worked off in that time, in which it is not added to.
LINE_JOBS_WAIT, LINE_WORKED_OFF_IN = timedelta(seconds=20), timedelta(minutes=3)
LINE_JOBS_A_START = 2.5  # a card, a selfie, some of them twice; as long as too few were seen
# Cases may pile up to what officers decide in so many days of theirs.
LINE_CASES_WAIT_DAYS = 2.0
LINE_USED_LEAST = 1 / 3  # of those called, who begin: nobody's absence makes it faster than that
