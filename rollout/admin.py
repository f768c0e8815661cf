from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from audit.services import Actor
from rollout import services
from rollout.admin_pages import cut_over_page, rejected_file, start_page, step_page
from rollout.checklist import checklist
from rollout.imports.steering import progress, steps_of
from rollout.models import ImportRun, Phase


@admin.register(Phase)
class PhaseAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "capacity", "taken", "starts_on", "ends_on"]
    change_form_template = "admin/rollout_phase.html"

    @admin.display(description="taken")
    def taken(self, phase: Phase) -> int:
        return services.places_taken(phase)

    def save_model(self, request: HttpRequest, obj: Phase, form: object, change: bool) -> None:  # noqa: FBT001 - Django calls it so
        services.change_phase(obj, actor=Actor.officer(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Phase | None = None) -> bool:
        return False

    def get_urls(self) -> list:
        page = self.admin_site.admin_view(cut_over_page)
        return [path("<str:code>/open/", page, name="rollout_phase_open"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        phase = context.get("original")
        context["checklist"] = checklist(phase) if phase else []
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    list_display = ["file_name", "state", "rows", "rejected", "inserted", "changed", "started_at"]
    change_form_template = "admin/rollout_import.html"
    fields = readonly_fields = [
        "file_name", "state", "message", "complete", "rows", "rejected", "inserted", "changed",
        "unchanged", "removed", "started_at", "finished_at",
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return start_page(request, self.admin_site)

    def get_urls(self) -> list:
        step, file = map(self.admin_site.admin_view, (step_page, rejected_file))
        return [
            path("<uuid:pk>/rejected.csv", file, name="rollout_importrun_rejected"),
            path("<uuid:pk>/step/<str:step>/", step, name="rollout_importrun_step"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        run = context["original"]
        context |= {"steps": steps_of(run), "progress": progress(run)}
        return super().render_change_form(request, context, *args, **kwargs)
