"""What has to be there by now."""

from typing import TypeVar

T = TypeVar("T")


class Missing(LookupError):
    """A step was reached without what an earlier one leaves behind."""


def required(value: T | None, what: str) -> T:
    """`value`, which an earlier step has left; raises Missing, which names it, where it did not."""
    if value is None:
        raise Missing(what)
    return value
