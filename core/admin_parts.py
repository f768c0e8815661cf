"""What the administration pages of several apps share."""

from django.contrib import admin
from django.db.models import Model
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.templatetags.thai import people_time


class RunTimes:
    """Beginning and end as people write them: in Thai with the Buddhist year."""

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, run: Model) -> str:
        return people_time(run.started_at)

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, run: Model) -> str:
        return people_time(run.finished_at)


def pages_of_one(of: admin.ModelAdmin, model: str, pages: dict[str, tuple]) -> list:
    """Addresses below one object's own: the end of each -> page and name."""
    wrap = of.admin_site.admin_view
    return [
        path(f"<uuid:pk>/{end}", wrap(page), name=f"{model}_{name}")
        for end, (page, name) in pages.items()
    ]
