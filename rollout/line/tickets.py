"""Tickets: numbers in the order in which people came, signed. A ticket is bound to no network and
names nobody, so it outlives a reload, a closed tab and another network; whoever holds it has it.
"""

from django.core.signing import BadSignature, Signer
from django.db import connection

SALT = "rollout.line.ticket"
MOST = 2**63 - 1  # what the sequence can give
LONGEST = 80  # characters: nothing longer is looked at
# One number a statement, never in advance: a process that ends takes nobody's with it.
DRAW = "SELECT nextval('rollout_ticket')"
LAST = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM rollout_ticket"


def draw() -> int:
    """The next number. Never given twice, also where what follows is rolled back."""
    return _asked(DRAW)


def last_drawn() -> int:
    """The highest number drawn; 0 before the first."""
    return _asked(LAST)


def signed(number: int) -> str:
    return Signer(salt=SALT).sign(str(number))


def number_of(ticket: str) -> int | None:
    """The number of a ticket that we signed; None of any other text."""
    if not ticket or len(ticket) > LONGEST:
        return None
    try:
        return int(Signer(salt=SALT).unsign(ticket))
    except (BadSignature, ValueError):
        return None


def _asked(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
