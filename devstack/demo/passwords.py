"""Passwords of the sample data: of this installation alone, and the same in each of its processes.

So nothing has to be kept for `/try/` to tell them.
"""

from django.utils.crypto import salted_hmac

GROUPS, LETTERS = 4, 4


def password_of(name: str) -> str:
    """Of an account or a number; follows from the installation's secret key."""
    digest = salted_hmac("devstack.demo.passwords", name, algorithm="sha256").hexdigest()
    return "-".join(digest[LETTERS * place :][:LETTERS] for place in range(GROUPS))
