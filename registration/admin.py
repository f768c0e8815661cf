from django.contrib import admin
from django.http import HttpRequest

from audit.admin import RecordedAdmin
from registration.models import DecisionReason


@admin.register(DecisionReason)
class DecisionReasonAdmin(RecordedAdmin):
    """The words officers choose from. One that is no longer wanted is put out of use: cases that
    were decided by it keep their reason.
    """

    list_display = ["text_th", "text_en", "move", "stands_for", "position", "active"]
    list_filter = ["move", "active"]
    list_editable = ["position", "active"]
    ordering = ["move", "position"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: DecisionReason | None = None
    ) -> list[str]:
        return ["code", "move"] if obj else []

    def has_delete_permission(
        self, request: HttpRequest, obj: DecisionReason | None = None
    ) -> bool:
        return False
