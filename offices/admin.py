from django.contrib import admin

from offices.lever_admin import GuardedAdmin
from offices.models import Office


@admin.register(Office)
class OfficeAdmin(GuardedAdmin):
    """Officers stand on the portal's own pages of people, and there alone."""

    lever = "office"
    kept = ("code",)
    list_display = ["code", "name_th", "name_en", "province_th"]
    search_fields = ["code", "name_th", "name_en", "province_th", "province_en"]
    list_filter = ["province_th"]
