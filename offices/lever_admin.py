"""Forms of the administration site for what a lever guards: they lead to it and write nothing."""

import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from core.admin_parts import ModelAdmin
from core.typing import Context, Json, ModelForm
from offices.lever_views import begin_change


class GuardedAdmin(ModelAdmin):
    """What was filled in goes to the page of the lever named `lever`."""

    lever = ""
    kept: tuple[str, ...] = ()  # fields that stay as they are once the row is there
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *(self.kept if obj else ())]

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: ModelForm,
        change: bool,  # noqa: FBT001 - Django calls it so
    ) -> None:
        obj.asked = asked_in(form, change=change)  # type: ignore[attr-defined]  # for the answer to this request

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Nothing has been changed."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Nothing has been added."""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Known by its key before it is there, also where nobody types one: it can be undone."""
        return begin_change(request, self.lever, "", {obj._meta.pk.name: str(obj.pk)} | obj.asked)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return begin_change(request, self.lever, str(obj.pk), obj.asked)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def asked_in(form: ModelForm, *, change: bool) -> Json:
    """What the form was filled in with, as JSON; of a change only what is another."""
    names = form.changed_data if change else form.cleaned_data
    return {name: _plain(form.cleaned_data[name]) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value
