from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.services import Actor
from core.admin_parts import ModelAdmin
from core.typing import ModelForm
from relying_parties.forms import RelyingPartyForm
from relying_parties.models import RelyingParty
from relying_parties.services import save_relying_party


@admin.register(RelyingParty)
class RelyingPartyAdmin(ModelAdmin):
    """Registered and switched off here, never deleted: what people agreed to keeps its name."""

    form = RelyingPartyForm
    list_display = ["name_en", "name_th", "sector", "auth_method", "enabled", "created_at"]
    list_filter = ["enabled", "auth_method"]
    search_fields = ["name_en", "name_th", "sector"]
    readonly_fields = ["id", "sector", "created_at"]

    def save_model(
        self,
        request: HttpRequest,
        obj: RelyingParty,
        form: ModelForm,
        change: bool,  # noqa: FBT001 - Django calls it so
    ) -> None:
        obj.fresh_secret = save_relying_party(
            obj,
            actor=Actor.signed_in(request),
            fields=form.changed_data,
            new_key=form.cleaned_data["new_secret"],
        )

    def response_add(
        self, request: HttpRequest, obj: RelyingParty, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return secret_once(self, request, obj) or super().response_add(
            request, obj, *args, **kwargs
        )

    def response_change(self, request: HttpRequest, obj: RelyingParty) -> HttpResponse:
        return secret_once(self, request, obj) or super().response_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: RelyingParty | None = None) -> bool:
        return False


def secret_once(
    page: RelyingPartyAdmin, request: HttpRequest, service: RelyingParty
) -> HttpResponse | None:
    """The page that shows a fresh secret: not stored, not in a cookie, not shown again."""
    if not service.fresh_secret:
        return None
    context = page.admin_site.each_context(request) | {"service": service, "opts": page.opts}
    context["secret"] = service.fresh_secret
    answer = render(request, "admin/relying_party_secret.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
