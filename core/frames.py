"""Room for the frames of a request.

Python keeps the frames of a thread in pieces of 16 kB, and gives a piece back to the system as soon
as it is empty. A request is as deep as that just where its page is drawn: there each call crosses
the edge, takes a piece anew and gives it back, a thousand times a page.
"""

from collections.abc import Callable
from types import FunctionType

SLOTS = 2**15  # of 8 bytes; what is not touched takes no memory


def _call(work: Callable[[], None]) -> None:
    work()


# A frame that claims so much gets a piece of the next power of two, and what it calls the rest.
with_room: Callable[[Callable[[], None]], None] = FunctionType(
    _call.__code__.replace(co_stacksize=SLOTS), globals()
)
