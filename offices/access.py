"""Who may open a page: one decorator, by a property of the officer."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.typing import Page
from offices.models import Officer

# The first right that an officer has says where work begins.
HOMES = (
    ("decides", "review:queue"),
    ("watches", "dashboards:overview"),
    ("reads_audit", "audit:list"),
    ("helps_callers", "help_line:home"),
)


def home_of(officer: Officer) -> str:
    """The name of the page an officer begins at."""
    return next(page for right, page in HOMES if getattr(officer, right))


def officer_who(right: str) -> Callable[[Page], Page]:
    """Let in officers for whom a property is true: `decides`, `reads_cases`, `supervises`,
    `watches`, `reads_audit`, `helps_callers`. Others get 403.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not getattr(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
