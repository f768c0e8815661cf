from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from core.admin_parts import RunAdmin, pages_of_one
from core.typing import Context, Page, StrOrPromise
from population.admin_pages import context_of, samples_page, start_page, step_page
from population.admin_reports import offices_file, offices_page, rejected_file
from population.imports.formats import in_words
from population.imports.missing import removes_nobody
from population.models import ImportRun

EVERYBODY = _("holds everybody: whoever is not in it counts as removed")
READ_IN_PART = _(
    "was to hold everybody: lines whose number cannot be read may be anybody, so nobody is removed"
)
A_PART = _("holds a part: nobody counts as removed for not being in it")


@admin.register(ImportRun)
class ImportRunAdmin(RunAdmin):
    list_display = ["file_name", "state", "rows", "rejected", "inserted", "changed", "started_at"]
    change_form_template = "admin/population_import.html"
    fields = readonly_fields = (
        "file_name", "written", "state", "told", "holds", "rows", "rejected", "inserted",
        "changed", "unchanged", "removed", "started_at", "finished_at",
    )  # fmt: skip

    @admin.display(description=_("read as"))
    def written(self, run: ImportRun) -> str:
        return in_words(run.file_format)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return start_page(request, self.admin_site)

    @admin.display(description=_("the file"))
    def holds(self, run: ImportRun) -> StrOrPromise:
        if not run.complete:
            return A_PART
        return READ_IN_PART if removes_nobody(run) else EVERYBODY

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[Page, str]] = {
            "rejected.csv": (rejected_file, "rejected"),
            "offices/": (offices_page, "offices"),
            "samples/": (samples_page, "samples"),
            "offices.csv": (offices_file, "offices_file"),
            "step/<str:step>/": (step_page, "step"),
        }
        return [*pages_of_one(self, "population_importrun", pages), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= context_of(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)
