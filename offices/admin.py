from django.contrib import admin
from django.http import HttpRequest

from audit.actions import Action
from audit.admin import RecordedAdmin
from offices.models import Office, Officer


@admin.register(Office)
class OfficeAdmin(RecordedAdmin):
    recorded_as = Action.OFFICE_CHANGED
    list_display = ["code", "name_th", "name_en", "province_th"]
    search_fields = ["code", "name_th", "name_en", "province_th", "province_en"]
    list_filter = ["province_th"]


@admin.register(Officer)
class OfficerAdmin(RecordedAdmin):
    """People come and go by `is_active`: what they decided keeps its name."""

    recorded_as = Action.OFFICER_RIGHTS_CHANGED
    list_display = ["email", "name", "role", "office", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    autocomplete_fields = ["office"]
    fields = ["email", "name", "role", "office", "is_active", "created_at", "last_login"]
    readonly_fields = ["created_at", "last_login"]

    def has_change_permission(self, request: HttpRequest, obj: Officer | None = None) -> bool:
        """Nobody changes the own rights."""
        return super().has_change_permission(request, obj) and obj != request.user

    def has_delete_permission(self, request: HttpRequest, obj: Officer | None = None) -> bool:
        return False
