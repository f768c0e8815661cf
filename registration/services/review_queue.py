"""Which cases an officer sees, in which order, a page at a time from where the last one ended."""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.typing import Cleaned
from offices.models import Officer
from registration.models import Enrollment, Finding, ServedExercise
from registration.states import WAITING, WITH_OFFICERS, State
from verification.findings import Outcome

QUEUES = {
    "waiting": WAITING,
    "taken": (State.IN_REVIEW,),
    "retake": (State.RETAKE,),
    "decided": (State.VERIFIED, State.PASSWORD_SET, State.ACTIVATED, State.REJECTED),
}
# Over two of the queues: what the dashboard's tile counts. A tab only where it was asked for.
OPEN_CASES = "open"
LISTS = QUEUES | {OPEN_CASES: WITH_OFFICERS}
SORTS = [
    ("oldest", _("Longest in this state first")),
    ("newest", _("Newest first")),
    ("risk", _("Highest risk first")),
]
ORDER = {
    "oldest": ("in_line_since", "pk"),
    "newest": ("-in_line_since", "-pk"),
    "risk": ("-risk", "in_line_since", "pk"),
}
READ_BACK: dict[str, Callable[[Any], object]] = {
    "pk": uuid.UUID,
    "in_line_since": lambda text: datetime.fromisoformat(text).astimezone(UTC),
    "risk": int,
}
PAGE_SIZE = 25
# Of a case in a list. What was read, confirmed and sealed is for whoever opens it.
SHOWN = (
    "reference", "state", "state_since", "waiting_since", "channel", "renewal", "risk",
    "retake_reason", "reject_reason", "office__name_th", "office__name_en", "held_by__name",
    "appeal__enrollment",
)  # fmt: skip
IN_LINE_SINCE = Case(  # Enrollment.since, as SQL
    When(state__in=WITH_OFFICERS, then=F("waiting_since")), default=F("state_since")
)


@dataclass(frozen=True)
class Page:
    """Some cases, each with `doubts`: what its last attempt did not pass; `after` names the next
    page, empty on the last.
    """

    cases: list[Enrollment | ServedExercise]  # those: services.exercises.listing
    after: str


def choose(officer: Officer, chosen: Cleaned) -> QuerySet[Enrollment]:
    """The cases within reach that the choice names, of whatever queue."""
    cases = Enrollment.objects.visible_to(officer)
    if chosen.get("doubt"):
        doubts = doubts_of_last_attempt().filter(enrollment=OuterRef("pk"))
        cases = cases.filter(Exists(doubts.filter(check_name=chosen["doubt"])))
    if chosen.get("late"):
        cases = cases.filter(waiting_since__lt=timezone.now() - settings.CASE_ANSWERED_WITHIN)
    if chosen.get("appeal"):
        cases = cases.filter(appeal__isnull=False)
    for name in ("channel", "office", "risk"):
        if chosen.get(name) not in {None, ""}:
            cases = cases.filter(**{name: chosen[name]})
    return cases


def counts(cases: QuerySet[Enrollment], shown: str = "") -> dict[str, int]:
    """How many of these cases are in each queue, and in the list that is shown if it is none of
    them.
    """
    names = [*QUEUES, shown] if shown and shown not in QUEUES else list(QUEUES)
    return cases.aggregate(**{name: Count("pk", filter=Q(state__in=LISTS[name])) for name in names})


def open_cases(officer: Officer) -> int:
    """How many cases within reach are with officers or wait for one: those of that list."""
    return Enrollment.objects.visible_to(officer).filter(state__in=LISTS[OPEN_CASES]).count()


def page_of(
    cases: QuerySet[Enrollment], *, sort: str, after: str = "", size: int = PAGE_SIZE
) -> Page:
    """One page in this order, from behind the case that `after` names. A damaged `after` is no
    error: it begins anew.
    """
    order = ORDER[sort]
    lined = cases.annotate(in_line_since=IN_LINE_SINCE)
    lined = lined.select_related("office", "held_by", "appeal").only(*SHOWN)
    shown = lined.prefetch_related(
        Prefetch("findings", doubts_of_last_attempt(), to_attr="doubts")  # type: ignore[no-redef]  # declared there
    )
    behind = _behind(order, after)
    rows: list[Enrollment] = list(shown.filter(behind).order_by(*order)[: size + 1])
    more = len(rows) > size
    return Page([*rows[:size]], place_of(rows[size - 1], order) if more else "")


def doubts_of_last_attempt() -> QuerySet[Finding]:
    of_last_attempt = Finding.objects.filter(attempt=F("enrollment__selfie_attempts"))
    return of_last_attempt.exclude(outcome=Outcome.PASSED)


def place_of(case: Enrollment | ServedExercise, order: tuple[str, ...]) -> str:
    values = [getattr(case, name.removeprefix("-")) for name in order]
    plain = [one if isinstance(one, int) else str(one) for one in values]
    return urlsafe_b64encode(json.dumps(plain).encode()).decode()


def read_place(after: str, order: tuple[str, ...]) -> dict[str, Any]:
    """The values by which `after` names a place in this order; {} for a damaged one."""
    try:
        values = json.loads(urlsafe_b64decode(after))
        return {
            name: READ_BACK[name.removeprefix("-")](value)
            for name, value in zip(order, values, strict=True)
        }
    except (ValueError, TypeError, AttributeError, OverflowError):
        return {}


def _behind(order: tuple[str, ...], after: str) -> Q:
    """Greater in the first column, or equal there and greater in the next, and so on."""
    condition, equal = Q(), Q()
    for name, value in read_place(after, order).items():
        column = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{step}": value})
        equal &= Q(**{column: value})
    return condition
