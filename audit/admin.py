"""What is written in the administration site is recorded like everything else."""

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest

from audit.actions import Action
from audit.services import Actor, record
from core.admin_parts import ModelAdmin
from core.typing import ModelForm


class RecordedAdmin(ModelAdmin):
    """A ModelAdmin whose every write leaves an entry, in the transaction the site writes in.

    `recorded_as` is the action; the entry names the fields that changed, never their values.
    """

    recorded_as = Action.RECORD_CHANGED

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: ModelForm,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        super().save_model(request, obj, form, change)
        self.note(request, obj, step="changed" if change else "added", fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        self.note(request, obj, step="deleted")
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for obj in queryset:
            self.note(request, obj, step="deleted")
        super().delete_queryset(request, queryset)

    def note(self, request: HttpRequest, obj: models.Model, **details: Any) -> None:
        record(self.recorded_as, obj, actor=Actor.signed_in(request), **details)
