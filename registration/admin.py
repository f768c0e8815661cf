from django.contrib import admin

from offices.lever_admin import GuardedAdmin
from registration.models import DecisionReason


@admin.register(DecisionReason)
class DecisionReasonAdmin(GuardedAdmin):
    """The words officers choose from. One that is no longer wanted is put out of use: cases that
    were decided by it keep their reason.
    """

    lever = "reason"
    kept = ("code", "move")
    list_display = ["text_th", "text_en", "move", "stands_for", "position", "active"]
    list_filter = ["move", "active"]
    ordering = ["move", "position"]
