from django.contrib import admin

from rollout.models import Phase


@admin.register(Phase)
class PhaseAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "capacity", "starts_on"]
