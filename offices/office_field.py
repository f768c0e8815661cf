"""A form's field for one registration office, found by what people call it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from offices.former import NOW
from offices.models import Office

SHOWN = 5


class OfficeInput(forms.TextInput):
    """Offers every office while one types; works as a plain field where a browser does not."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        known = Office.objects.filter(pk=value).first() if value else None
        choices = f"{name}-offered"
        attrs = (attrs or {}) | {"list": choices, "autocomplete": "off"}
        field = super().render(name, label_of(known) if known else value, attrs, renderer)
        offered = ((label_of(office),) for office in Office.objects.all())
        options = format_html_join("", '<option value="{}"></option>', offered)
        return field + format_html('<datalist id="{}">{}</datalist>', choices, options)


class OfficeField(forms.Field):
    """Takes a code of today or of before 2011, a name in either language, or what is offered; gives
    an Office, or None.
    """

    widget = OfficeInput

    def to_python(self, value: Any) -> Office | None:
        said = " ".join(str(value or "").split())
        if not said:
            return None
        found = _found(said)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("There is no office of this code or name."), code="unknown")
        these = ", ".join(map(label_of, found[:SHOWN]))
        raise ValidationError(
            _("Several offices are called so: %(these)s. Please choose one."),
            code="several", params={"these": these},
        )  # fmt: skip


def label_of(office: Office) -> str:
    return f"{office.code} {office.name}, {office.province}"


def _found(said: str) -> list[Office]:
    code = said.split(" ", 1)[0]
    if code.isascii() and code.isdigit():
        return list(Office.objects.filter(pk=NOW.get(code, code)))
    name = said.split(",", 1)[0].strip()
    called = Q(name_th__iexact=name) | Q(name_en__iexact=name)
    begins = Q(name_th__istartswith=name) | Q(name_en__istartswith=name)
    return list(Office.objects.filter(called)) or list(Office.objects.filter(begins))
