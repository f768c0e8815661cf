from django.contrib import admin

from offices.models import Office, Officer


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    list_display = ["code", "name_th", "name_en", "province_th"]
    search_fields = ["code", "name_th", "name_en", "province_th", "province_en"]
    list_filter = ["province_th"]


@admin.register(Officer)
class OfficerAdmin(admin.ModelAdmin):
    list_display = ["email", "name", "role", "office", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    autocomplete_fields = ["office"]
    fields = ["email", "name", "role", "office", "is_active", "created_at", "last_login"]
    readonly_fields = ["created_at", "last_login"]
