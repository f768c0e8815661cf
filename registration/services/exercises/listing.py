"""Exercises among the cases of the queue and the search, for the officers of their office."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from core.typing import Cleaned
from offices.models import Officer
from registration.explanations import in_memory
from registration.models import Enrollment, ServedExercise
from registration.services.review_queue import (
    LISTS,
    ORDER,
    PAGE_SIZE,
    Page,
    place_of,
    read_place,
)
from registration.services.review_search import condition_of
from verification.findings import Outcome

WHATEVER: dict[str, Callable[[ServedExercise, Any], bool]] = {
    "doubt": lambda served, check: check in {one.check_name for one in served.doubts},
    "late": lambda served, _: served.is_late,
    "appeal": lambda _served, _: False,
    "channel": lambda served, channel: served.channel == channel,
    "risk": lambda served, risk: served.risk == risk,
}


def chosen_exercises(officer: Officer, chosen: Cleaned) -> list[ServedExercise]:
    """As registration.services.review_queue.choose: those that the choice names."""
    served = ServedExercise.objects.visible_to(officer).select_related(
        "exercise", "office", "held_by"
    )
    found = [_with_doubts(one) for one in served]
    for name, fits in WHATEVER.items():
        wanted = chosen.get(name)
        if wanted not in {None, "", False}:
            found = [one for one in found if fits(one, wanted)]
    return found


def with_exercises(counts: dict[str, int], served: list[ServedExercise]) -> dict[str, int]:
    return {
        name: count + sum(one.state in LISTS[name] for one in served)
        for name, count in counts.items()
    }


def page_with_exercises(
    page: Page,
    served: list[ServedExercise],
    *,
    queue: str,
    sort: str,
    after: str = "",
    size: int = PAGE_SIZE,
) -> Page:
    """The page with the exercises that belong between its cases, cut to its size."""
    order = ORDER[sort]
    place = read_place(after, order)
    begin = _key_of([place[name] for name in order], order) if place else None
    of_queue = [one for one in served if one.state in LISTS[queue]]
    behind = [one for one in of_queue if begin is None or _key(one, order) > begin]
    if not behind:
        return page
    rows = sorted([*page.cases, *behind], key=lambda case: _key(case, order))
    more = bool(page.after) or len(rows) > size
    return Page(rows[:size], place_of(rows[:size][-1], order) if more else "")


def _key(case: Enrollment | ServedExercise, order: tuple[str, ...]) -> tuple[Any, ...]:
    return _key_of([getattr(case, name.removeprefix("-")) for name in order], order)


def _key_of(values: list[Any], order: tuple[str, ...]) -> tuple[Any, ...]:
    """Values that sort as the order says: numbers, turned round where it goes down."""
    plain = [_number(value) for value in values]
    return tuple(
        -one if name.startswith("-") else one for one, name in zip(plain, order, strict=True)
    )


def _number(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.int
    return value if isinstance(value, int) else value.timestamp()


def search_exercises(text: str, *, officer: Officer) -> list[ServedExercise]:
    """Those that a search names; the search itself is an entry already."""
    try:
        condition = condition_of(text)[1]
    except ValidationError:
        return []
    if "number_key" in condition:
        condition = {"exercise__number_key": condition["number_key"]}
    found = ServedExercise.objects.visible_to(officer).filter(**condition)
    return [_with_doubts(one) for one in found.select_related("exercise", "office", "held_by")]


def _with_doubts(served: ServedExercise) -> ServedExercise:
    found = in_memory(served.exercise.findings)
    served.doubts = [one for one in found if one.outcome != Outcome.PASSED]
    return served
