from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from core.admin_parts import RunAdmin, pages_of_one
from core.typing import Context, Page
from pilot import steering
from pilot.admin_pages import start_page, step_page
from pilot.admin_reports import offices_file, rejected_file
from pilot.models import PilotImport
from population.imports.formats import in_words


@admin.register(PilotImport)
class PilotImportAdmin(RunAdmin):
    list_display = ["file_name", "state", "rows", "matched", "differing", "rejected", "started_at"]
    change_form_template = "admin/pilot_import.html"
    fields = readonly_fields = (
        "file_name", "written", "state", "told", "rows", "matched", "differing", "already_there",
        "rejected", "started_at", "finished_at",
    )  # fmt: skip

    @admin.display(description=_("read as"))
    def written(self, begun: PilotImport) -> str:
        return in_words(begun.file_format)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return start_page(request, self.admin_site)

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[Page, str]] = {
            "rejected.csv": (rejected_file, "rejected"),
            "offices.csv": (offices_file, "offices"),
            "step/<str:step>/": (step_page, "step"),
        }
        return [*pages_of_one(self, "pilot_pilotimport", pages), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        begun = context["original"]
        context |= {"steps": steering.steps_of(begun), "progress": steering.progress(begun)}
        return super().render_change_form(request, context, *args, **kwargs)
