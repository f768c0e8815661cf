from django.contrib import admin

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
