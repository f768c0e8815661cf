from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from core.admin_parts import RunTimes, pages_of_one
from population.admin_pages import start_page, step_page
from population.admin_reports import offices_file, offices_page, rejected_file
from population.imports.steering import progress, steps_of
from population.models import Following, ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(RunTimes, admin.ModelAdmin):
    list_display = ["file_name", "state", "rows", "rejected", "inserted", "changed", "started"]
    change_form_template = "admin/population_import.html"
    fields = readonly_fields = [
        "file_name", "state", "message", "complete", "rows", "rejected", "inserted", "changed",
        "unchanged", "removed", "started", "finished",
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return start_page(request, self.admin_site)

    def get_urls(self) -> list:
        pages = {
            "rejected.csv": (rejected_file, "rejected"),
            "offices/": (offices_page, "offices"),
            "offices.csv": (offices_file, "offices_file"),
            "step/<str:step>/": (step_page, "step"),
        }
        return [*pages_of_one(self, "population_importrun", pages), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        run = context["original"]
        following = Following.objects.filter(run=run).first()
        context |= {"steps": steps_of(run), "progress": progress(run), "following": following}
        return super().render_change_form(request, context, *args, **kwargs)
