"""What the administration pages of several apps share."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from core.templatetags.thai import people_time
from core.typing import Page

if TYPE_CHECKING:
    ModelAdmin: TypeAlias = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin  # it has a type parameter for those who check, and none at work


class Run(Protocol):
    """Work that has a beginning and an end, once it has come to them."""

    started_at: datetime | None
    finished_at: datetime | None


class RunAdmin(ModelAdmin):
    """Looked at and steered, never edited. Beginning and end stand as people write them: in Thai
    with the Buddhist year.
    """

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, run: Run) -> str:
        return people_time(run.started_at)

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, run: Run) -> str:
        return people_time(run.finished_at)


def pages_of_one(
    of: ModelAdmin, model: str, pages: dict[str, tuple[Page, str]]
) -> list[URLPattern]:
    """Addresses below one object's own: the end of each -> page and name."""
    wrap = of.admin_site.admin_view
    return [
        path(f"<uuid:pk>/{end}", wrap(page), name=f"{model}_{name}")
        for end, (page, name) in pages.items()
    ]
