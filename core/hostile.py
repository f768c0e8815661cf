"""Reading by a library what a stranger wrote.

Libraries raise more than they name: an OverflowError out of fido2 for a number where bytes belong,
an UnsupportedAlgorithm out of a certificate with one bit changed. A list of exceptions is never
whole, and each one that is missing is an error page for whoever looks for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def read_or(refusal: Exception) -> Iterator[None]:
    """Raises `refusal`, whatever goes wrong inside.

    Inside stands nothing that may fail for a reason of ours: above all, no query.
    """
    try:
        yield
    except Exception as problem:
        raise refusal from problem
