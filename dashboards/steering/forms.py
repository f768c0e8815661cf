"""A value as it is filled in; the lever checks it again and writes."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from dashboards.values.table import VALUES


class ValueForm(forms.Form):
    value = forms.IntegerField(label=_("New value"))

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounds = VALUES[key]
        least, most = (number_format(n, force_grouping=True) for n in (bounds.least, bounds.most))
        hint = __("%(least)s to %(most)s %(unit)s.")
        told = hint % {"least": least, "most": most, "unit": bounds.unit}
        if bounds.usual is None:
            told += " " + __("Empty where there is to be no target.")
        self.fields["value"] = forms.IntegerField(
            label=__("New value"),
            help_text=told,
            min_value=bounds.least,
            max_value=bounds.most,
            required=bounds.usual is not None,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
