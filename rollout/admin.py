from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from core.typing import Context
from offices.lever_admin import GuardedAdmin
from rollout import services
from rollout.admin_pages import cut_over_page, rehearsal_page
from rollout.checklist import checklist
from rollout.models import Phase


@admin.register(Phase)
class PhaseAdmin(GuardedAdmin):
    lever = "phase"
    kept = ("code",)
    list_display = ["code", "__str__", "capacity", "taken", "starts_on", "ends_on"]
    change_form_template = "admin/rollout_phase.html"

    @admin.display(description=_("places taken"))
    def taken(self, phase: Phase) -> str:
        return f"{services.places_taken(phase):,}"

    def get_urls(self) -> list[URLPattern]:
        wrap, site = self.admin_site.admin_view, {"site": self.admin_site}
        return [
            path("<str:code>/open/", wrap(cut_over_page), name="rollout_phase_open"),
            path("<str:code>/try/", wrap(rehearsal_page), site, name="rollout_phase_try"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        phase = context.get("original")
        context["checklist"] = checklist(phase) if phase else []
        return super().render_change_form(request, context, *args, **kwargs)
