"""From the figure of waiting cases to the list of just those: for whoever may see cases."""

from dataclasses import dataclass

from django.urls import reverse

from offices.models import Officer
from offices.roles import SEEING_EVERYTHING, Role
from registration.services.review_queue import OPEN_CASES, open_cases


@dataclass(frozen=True)
class Waiting:
    """`count` is what the list at `page` has; None where that page has counts by office instead.
    `scope` is whose cases they are.
    """

    page: str
    count: int | None
    scope: str


def waiting_of(officer: Officer) -> Waiting:
    if not officer.reads_cases:
        return Waiting(reverse("dashboards:work"), None, "all")
    page = f"{reverse('review:queue')}?queue={OPEN_CASES}"
    if officer.role in SEEING_EVERYTHING:
        scope = "all"
    else:
        scope = "province" if officer.role == Role.PROVINCIAL else "office"
    return Waiting(page, open_cases(officer), scope)
