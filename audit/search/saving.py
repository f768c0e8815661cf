"""Searches that are kept: own ones, and those that auditors share with each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from audit.actions import Action
from audit.models import SavedSearch
from audit.models.searches import About
from audit.narrowing import detail_in_words
from audit.search.query import Search
from audit.search.subjects import names_of
from audit.services import Actor, Staff, record
from core.typing import Json


class TooManySaved(ValueError):
    """Nobody keeps more searches than settings.AUDIT_SEARCH allows."""


@dataclass(frozen=True)
class Kept:
    """A saved search with the name of what it is about, looked up when it is shown, and its detail
    in words.
    """

    saved: SavedSearch
    name: str
    is_own: bool
    detail: str


@transaction.atomic
def save_search(search: Search, *, shared: bool, by: Staff) -> SavedSearch:
    """Keep it, once; saved again, it is shared or no longer. Raises TooManySaved."""
    own = SavedSearch.objects.filter(owner__pk=str(by.pk))
    what: Json = {
        "about": search.subject.about,
        "subject_id": search.subject.pk,
        "action": search.action,
        "detail": search.detail,
        "days": (search.until - search.since).days + 1,
    }
    if not own.filter(**what).exists() and own.count() >= settings.AUDIT_SEARCH["saved"]:
        raise TooManySaved
    saved, _new = SavedSearch.objects.update_or_create(
        **(what | {"owner_id": by.pk}), defaults={"shared": shared}
    )
    _note(saved, by, state="shared" if shared else "own")
    return saved


@transaction.atomic
def delete_search(saved: SavedSearch, *, by: Staff) -> None:
    _note(saved, by, state="deleted")
    saved.delete()


def kept_for(officer: Staff, saved: Iterable[SavedSearch]) -> list[Kept]:
    rows = list(saved)
    names = names_of((About(row.about), row.subject_id) for row in rows)
    return [
        Kept(
            row,
            names.get((About(row.about), row.subject_id), row.subject_id),
            row.owner_id == officer.pk,
            detail_in_words(row.detail),
        )
        for row in rows
    ]


def _note(saved: SavedSearch, by: Staff, *, state: str) -> None:
    asked = {"by_about": saved.about, "by_subject": saved.subject_id, "by_action": saved.action}
    asked |= {"by_detail": saved.detail} if saved.detail else {}
    record(Action.SEARCH_SAVED, saved, actor=Actor.officer(by), state=state, **asked)
