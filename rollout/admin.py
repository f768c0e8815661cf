from typing import Any

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.typing import Context
from offices.lever_admin import GuardedAdmin
from offices.lever_views import begin_change
from offices.services import provinces
from rollout import services
from rollout.admin_pages import cut_over_page, rehearsal_page
from rollout.checklist import checklist
from rollout.line_lever import SUBJECT
from rollout.models import LineRule, Phase


class ProvincesField(forms.MultipleChoiceField):
    def prepare_value(self, value: Any) -> Any:
        """An address that fills the form in, as the plan's, has the codes in one value."""
        return value.split(",") if isinstance(value, str) else value


def ticked_provinces(field: Any) -> ProvincesField:
    return ProvincesField(
        choices=provinces,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=capfirst(field.verbose_name),
        help_text=field.help_text,
    )


@admin.register(Phase)
class PhaseAdmin(GuardedAdmin):
    lever = "phase"
    kept = ("code",)
    list_display = ["code", "__str__", "capacity", "taken", "starts_on", "ends_on"]
    change_form_template = "admin/rollout_phase.html"

    class Media:
        js = (Script("js/number-words.js", type="module"),)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Provinces are ticked by name. Eight digits in a row are misread: the script says them
        beside the field.
        """
        if db_field.name == "provinces":
            return ticked_provinces(db_field)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "capacity":
            field.widget.attrs["data-dopa-readable"] = ""
        return field

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


@admin.register(LineRule)
class LineAdmin(GuardedAdmin):
    """One line: its row is there once a lever has set it."""

    lever = "line"
    list_display = ["__str__", "mode", "per_minute"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not LineRule.objects.exists()

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return begin_change(request, self.lever, SUBJECT, obj.asked)
