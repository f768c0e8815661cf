"""What the administration pages of several apps share."""

import datetime
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.contrib import admin
from django.db.models import BooleanField, DateField, DateTimeField, Field, IntegerField, Model
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from core.day_field import DayField
from core.sentences import yes_or_no
from core.templatetags.thai import people_date, people_time
from core.typing import Page

if TYPE_CHECKING:
    BaseAdmin: TypeAlias = admin.ModelAdmin[Any]
    AnyField: TypeAlias = Field[Any, Any]
else:
    BaseAdmin = admin.ModelAdmin  # it has a type parameter for those who check, and none at work
    AnyField = Field

Shown: TypeAlias = str | Callable[[Any], str]
PLANNED_AHEAD = datetime.timedelta(days=20 * 365)


def furthest_day() -> datetime.date:
    """So far ahead a plan may reach."""
    return timezone.localdate() + PLANNED_AHEAD


def _day_alone(field: object) -> bool:
    return isinstance(field, DateField) and not isinstance(field, DateTimeField)


def _number(value: int | None) -> str:
    return "-" if value is None else number_format(value, force_grouping=True)


@cache
def as_people_read(model: type[Model], name: str) -> Shown:
    """The name of a column, or in its place a function that writes its days, times and numbers, and
    in words what holds or not: Django draws a picture for that, whose name is English.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    field = fields.get(name)
    write: Callable[[Any], str]
    if field is None:
        return name
    if _day_alone(field):
        write = people_date
    elif isinstance(field, DateTimeField):
        write = people_time
    elif isinstance(field, IntegerField):
        write = _number
    elif isinstance(field, BooleanField):
        write = yes_or_no
    else:
        return name

    @admin.display(description=field.verbose_name, ordering=name)
    def column(row: Model) -> str:
        return write(getattr(row, name))

    column.__name__ = name
    return column


class ModelAdmin(BaseAdmin):
    """Days, times and numbers are shown and filled in as people here write them: in Thai with the
    Buddhist year, thousands set apart. What holds or not is told in words.
    """

    def get_list_display(self, request: HttpRequest) -> Any:
        edited = set(self.list_editable)
        return [name if name in edited else self._shown(name) for name in self.list_display]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [self._shown(name) for name in self.readonly_fields]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        looked_at = set(self.readonly_fields)
        return [
            self._shown(name) if name in looked_at else name
            for name in super().get_fields(request, obj)
        ]

    def _shown(self, name: Any) -> Shown:
        model: Any = self.model
        return as_people_read(model, name)

    def formfield_for_dbfield(
        self, db_field: AnyField, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if not _day_alone(db_field):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        required = not db_field.blank
        return DayField(latest=furthest_day, label=db_field.verbose_name, required=required)


class RunAdmin(ModelAdmin):
    """Looked at and steered, never edited."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    @admin.display(description=_("message"))
    def told(self, run: Any) -> str:
        return str(run.message_in_words)


def pages_of_one(
    of: ModelAdmin, model: str, pages: dict[str, tuple[Page, str]]
) -> list[URLPattern]:
    """Addresses below one object's own: the end of each -> page and name."""
    wrap = of.admin_site.admin_view
    return [
        path(f"<uuid:pk>/{end}", wrap(page), name=f"{model}_{name}")
        for end, (page, name) in pages.items()
    ]
