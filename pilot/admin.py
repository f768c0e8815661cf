from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from core.admin_parts import RunTimes, pages_of_one
from pilot import steering
from pilot.admin_pages import start_page, step_page
from pilot.admin_reports import offices_file, rejected_file
from pilot.models import PilotImport


@admin.register(PilotImport)
class PilotImportAdmin(RunTimes, admin.ModelAdmin):
    list_display = ["file_name", "state", "rows", "matched", "differing", "rejected", "started"]
    change_form_template = "admin/pilot_import.html"
    fields = readonly_fields = [
        "file_name", "state", "message", "rows", "matched", "differing", "already_there",
        "rejected", "started", "finished",
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: PilotImport | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return start_page(request, self.admin_site)

    def get_urls(self) -> list:
        pages = {
            "rejected.csv": (rejected_file, "rejected"),
            "offices.csv": (offices_file, "offices"),
            "step/<str:step>/": (step_page, "step"),
        }
        return [*pages_of_one(self, "pilot_pilotimport", pages), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        begun = context["original"]
        context |= {"steps": steering.steps_of(begun), "progress": steering.progress(begun)}
        return super().render_change_form(request, context, *args, **kwargs)
