"""Fields of forms for photos, one or many."""

from typing import Any

from django import forms

from verification.images.kinds import ACCEPTED


class PhotoField(forms.FileField):
    """A photo. Browsers offer what can be read; verification.images looks what has come."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(item, initial) for item in data or []]
