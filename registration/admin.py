from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from offices.lever_admin import GuardedAdmin
from offices.lever_views import begin_change
from registration.exercise_lever import SUBJECT
from registration.models import DecisionReason, ExerciseShare


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


@admin.register(ExerciseShare)
class ExerciseShareAdmin(GuardedAdmin):
    """One share for the country: its row is there once a lever has set it."""

    lever = "exercises"
    list_display = ["__str__", "percent", "a_day"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not ExerciseShare.objects.exists()

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return begin_change(request, self.lever, SUBJECT, obj.asked)
