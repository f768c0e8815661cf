"""Saving, removing and beginning with a view of the figures."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.typing import StrOrPromise
from dashboards.filters import Choice
from dashboards.models import FiguresView, StartView
from offices.models import Officer

MOST = 30


class ViewRefused(Exception):
    """The view cannot be kept; `message` says why."""

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(str(message))
        self.message = message


def visible_to(officer: Officer) -> QuerySet[FiguresView]:
    """The officer's own, and those shared with the officer's role."""
    found = FiguresView.objects.select_related("officer")
    return found.filter(Q(officer=officer) | Q(shared_with=officer.role)).order_by("name", "pk")


@transaction.atomic
def save_view(
    name: str, *, page: str, choice: Choice, by: Officer, shared_with: str = ""
) -> FiguresView:
    """Keep what the address chose, written anew: nothing else of the address is kept."""
    if shared_with and not by.pulls_levers:
        raise PermissionDenied
    Officer.objects.select_for_update().get(pk=by.pk)  # one after the other: for the limit
    if by.figures_views.count() >= MOST:
        raise ViewRefused(_("You have 30 views. Please remove one first."))
    try:
        with transaction.atomic():
            return FiguresView.objects.create(
                officer=by, name=name, page=page, query=choice.query, shared_with=shared_with
            )
    except IntegrityError as error:
        raise ViewRefused(_("You have a view of this name.")) from error


def remove_view(view: FiguresView, *, by: Officer) -> None:
    """Its own only. Who began with it begins with the first page again."""
    if view.officer_id != by.pk:
        raise PermissionDenied
    view.delete()


@transaction.atomic
def begin_with(view: FiguresView | None, *, by: Officer) -> None:
    """What the dashboard shows this officer first; None for its first page."""
    if view is None:
        StartView.objects.filter(officer=by).delete()
    else:
        StartView.objects.update_or_create(officer=by, defaults={"view": view})


def start_address(officer: Officer) -> str:
    """Where the dashboard begins for this officer; "" for its first page. What is no longer
    shared is nobody's beginning.
    """
    start = visible_to(officer).filter(startview__officer=officer).first()
    return address_of(start) if start else ""


def address_of(view: FiguresView) -> str:
    return f"{reverse(f'dashboards:{view.page}')}?{view.query}"
