from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from core.templatetags.thai import people_time
from rollout import services
from rollout.admin_pages import (
    cut_over_page,
    pilot_start_page,
    pilot_step_page,
    rehearsal_page,
    start_page,
    step_page,
)
from rollout.admin_reports import (
    offices_file,
    offices_page,
    pilot_offices_file,
    pilot_rejected_file,
    rejected_file,
)
from rollout.checklist import checklist
from rollout.imports.steering import progress, steps_of
from rollout.models import Following, ImportRun, Phase, PilotImport
from rollout.pilot import steering


@admin.register(Phase)
class PhaseAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "capacity", "taken", "starts_on", "ends_on"]
    change_form_template = "admin/rollout_phase.html"

    @admin.display(description=_("places taken"))
    def taken(self, phase: Phase) -> int:
        return services.places_taken(phase)

    def save_model(self, request: HttpRequest, obj: Phase, form: object, change: bool) -> None:  # noqa: FBT001 - Django calls it so
        services.change_phase(obj, actor=Actor.officer(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Phase | None = None) -> bool:
        return False

    def get_urls(self) -> list:
        wrap, site = self.admin_site.admin_view, {"site": self.admin_site}
        return [
            path("<str:code>/open/", wrap(cut_over_page), name="rollout_phase_open"),
            path("<str:code>/try/", wrap(rehearsal_page), site, name="rollout_phase_try"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        phase = context.get("original")
        context["checklist"] = checklist(phase) if phase else []
        return super().render_change_form(request, context, *args, **kwargs)


class Times:
    """Beginning and end as people write them: in Thai with the Buddhist year."""

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, run: ImportRun | PilotImport) -> str:
        return people_time(run.started_at)

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, run: ImportRun | PilotImport) -> str:
        return people_time(run.finished_at)


@admin.register(ImportRun)
class ImportRunAdmin(Times, admin.ModelAdmin):
    list_display = ["file_name", "state", "rows", "rejected", "inserted", "changed", "started"]
    change_form_template = "admin/rollout_import.html"
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
        return [*_pages_of_one(self, "rollout_importrun", pages), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        run = context["original"]
        following = Following.objects.filter(run=run).first()
        context |= {"steps": steps_of(run), "progress": progress(run), "following": following}
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(PilotImport)
class PilotImportAdmin(Times, admin.ModelAdmin):
    list_display = ["file_name", "state", "rows", "matched", "differing", "rejected", "started"]
    change_form_template = "admin/rollout_pilot_import.html"
    fields = readonly_fields = [
        "file_name", "state", "message", "rows", "matched", "differing", "already_there",
        "rejected", "started", "finished",
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: PilotImport | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return pilot_start_page(request, self.admin_site)

    def get_urls(self) -> list:
        pages = {
            "rejected.csv": (pilot_rejected_file, "rejected"),
            "offices.csv": (pilot_offices_file, "offices"),
            "step/<str:step>/": (pilot_step_page, "step"),
        }
        return [*_pages_of_one(self, "rollout_pilotimport", pages), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        begun = context["original"]
        context |= {"steps": steering.steps_of(begun), "progress": steering.progress(begun)}
        return super().render_change_form(request, context, *args, **kwargs)


def _pages_of_one(of: admin.ModelAdmin, model: str, pages: dict[str, tuple]) -> list:
    """Addresses below one object's own: the end of each -> page and name."""
    wrap = of.admin_site.admin_view
    return [
        path(f"<uuid:pk>/{end}", wrap(page), name=f"{model}_{name}")
        for end, (page, name) in pages.items()
    ]
