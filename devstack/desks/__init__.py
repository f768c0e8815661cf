"""Fifty officers for an hour, with everything that people do, judged from the log and the tables.

Nothing of the portal is pretended: its pages are asked over Django's client, the database is
PostgreSQL, each officer has a connection. Only the clock is ours: a second of the simulation begins
once all that was due in the one before has been answered (`clock`), so that no time of the portal
is shortened and a slow machine changes nothing but how long it takes.
"""
