"""Guesses at a secret, with Redis emptied after each of them, as FLUSHALL leaves it."""

from collections.abc import Callable

from django.core.cache import cache

FREE = 5  # guesses: after so many wrong ones the right one has to wait
Guess = Callable[[str], bool]  # whether what was said opened the door


def opened(guess: Guess, *, wrong: int, right: str, as_wrong: str = "a wrong one") -> list[bool]:
    """What became of so many wrong ones, and in the end of the right one."""
    told = []
    for said in (*[as_wrong] * wrong, right):
        told.append(guess(said))
        cache.clear()
    return told


def only_the_last(wrong: int, *, is_let: bool) -> list[bool]:
    """The same as it has to be."""
    return [False] * wrong + [is_let]
