from django.contrib import admin
from django.http import HttpRequest

from audit.actions import Action
from audit.admin import RecordedAdmin
from core.admin_parts import ModelAdmin
from offices.models import Office, Officer


@admin.register(Office)
class OfficeAdmin(RecordedAdmin):
    recorded_as = Action.OFFICE_CHANGED
    list_display = ["code", "name_th", "name_en", "province_th"]
    search_fields = ["code", "name_th", "name_en", "province_th", "province_en"]
    list_filter = ["province_th"]


@admin.register(Officer)
class OfficerAdmin(ModelAdmin):
    """For looking: people are invited, changed and switched off on the portal's own pages."""

    list_display = ["email", "name", "role", "office", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "role", "office", "is_active", "created_at", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Officer | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission
