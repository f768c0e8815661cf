"""What does the jobs of each kind; apps register theirs when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass

from core.outbox.models import Job

Worker = Callable[[Job], None]


@dataclass(frozen=True)
class Handler:
    """`work(job)` does the job and ends in `complete(job)`; `parked(job)` acts when it never
    succeeds. `newest_only`: of one subject one at a time, and the newest counts.
    """

    work: Worker
    parked: Worker
    newest_only: bool = False


_handlers: dict[str, Handler] = {}


def handles(kind: str, *, parked: Worker, newest_only: bool = False) -> Callable[[Worker], Worker]:
    """Register the decorated function as what does jobs of `kind`."""

    def register(work: Worker) -> Worker:
        _handlers[kind] = Handler(work, parked, newest_only)
        return work

    return register


def handler_of(kind: str) -> Handler:
    """Raises KeyError for a kind that nobody does."""
    return _handlers[kind]


def newest_only(kind: str) -> bool:
    return kind in _handlers and _handlers[kind].newest_only


def kinds_of_newest() -> list[str]:
    return [kind for kind in _handlers if newest_only(kind)]
