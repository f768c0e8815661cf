"""No depth of the stack is slower than another."""

import resource
from collections.abc import Callable
from threading import Thread

from core.frames import with_room

DEPTHS, CALLS = range(400), 50


def at_depth(depth: int, work: Callable[[], None]) -> None:
    if depth:
        at_depth(depth - 1, work)
    else:
        work()


def call_often() -> None:
    for _ in range(CALLS):
        at_depth(3, lambda: None)


def most_faults() -> int:
    """Of all depths, how often memory was taken from the system where one is called often."""
    found = []
    for depth in DEPTHS:
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        at_depth(depth, call_often)
        found.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)
    return max(found)


def in_thread(work: Callable[[], None]) -> None:
    thread = Thread(target=work)
    thread.start()
    thread.join()


def test_with_room_no_depth_takes_memory_again_and_again():
    told: list[int] = []
    in_thread(lambda: with_room(lambda: told.append(most_faults())))
    assert told[0] < CALLS / 2
