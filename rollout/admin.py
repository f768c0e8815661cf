from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from rollout import services
from rollout.admin_pages import cut_over_page, rehearsal_page
from rollout.checklist import checklist
from rollout.models import Phase


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
