"""Choices that a form learns only when it is made."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.typing import StrOrPromise


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the field `name`, a ModelChoiceField, choose among these rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} chooses no rows")
    field.queryset = rows


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, StrOrPromise]]) -> None:
    """Let the field `name`, a ChoiceField, choose among these values, each with its words."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = list(choices)
