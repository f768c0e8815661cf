from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from core.typing import ModelForm
from offices.lever_admin import GuardedAdmin
from relying_parties.forms import RelyingPartyForm
from relying_parties.models import RelyingParty


@admin.register(RelyingParty)
class RelyingPartyAdmin(GuardedAdmin):
    """Registered and switched off here, never deleted: what people agreed to keeps its name."""

    lever = "relying_party"
    form = RelyingPartyForm
    list_display = ["name_en", "name_th", "sector", "auth_method", "enabled", "created_at"]
    list_filter = ["enabled", "auth_method"]
    search_fields = ["name_en", "name_th", "sector"]
    readonly_fields = ["id", "sector", "created_at"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: ModelForm,
        change: bool,  # noqa: FBT001 - Django calls it so
    ) -> None:
        """A new one is known by its number before it is there: what is added can be undone."""
        super().save_model(request, obj, form, change)
        if not change:
            obj.asked["id"] = str(obj.pk)  # type: ignore[attr-defined]  # of GuardedAdmin
