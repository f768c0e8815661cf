"""Choosing what to import: a file of the folder, one from this computer, an object in storage."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.form_choices import offer
from core.typing import Cleaned
from population.imports.declaring import Declared
from population.imports.folder import ENDINGS, keep_upload, waiting_files


class FileForm(forms.Form):
    """A file that waits in the import folder, one that comes with the form, or an object."""

    file = forms.ChoiceField(label=_("File in the import folder"), required=False)
    upload = forms.FileField(
        label=_("Or a file from this computer"),
        help_text=_("CSV, CSV.gz or Parquet. A whole register is better put into the folder."),
        required=False,
    )
    address = forms.CharField(
        label=_("Or an object in storage"),
        help_text=_("An address of the form s3://bucket/key."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [(name, name) for name in waiting_files()]
        offer(self, "file", [("", _("None")), *waiting])
        if not settings.IMPORT_BUCKETS:
            del self.fields["address"]

    def clean_upload(self) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload and not (upload.name or "").endswith(ENDINGS):
            raise forms.ValidationError(_("This is neither CSV, CSV.gz nor Parquet."))
        return upload

    def clean(self) -> Cleaned:
        super().clean()
        data = self.cleaned_data
        chosen = [name for name in ("file", "upload", "address") if data.get(name)]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(_("Choose one file, in one of these ways."))
        return data

    def file_name(self) -> str:
        """The file's name in the folder, where an upload is put first, or the object's address."""
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload:
            return keep_upload(upload)
        return str(self.cleaned_data["file"] or self.cleaned_data["address"])


class RegisterForm(FileForm):
    """A file of the register says whether it is all of it."""

    complete = forms.BooleanField(
        label=_("The file holds everybody: whoever is missing counts as removed"), required=False
    )
    rows = forms.IntegerField(
        label=_("How many people the file holds"),
        help_text=_("By its sender's word. A file that holds everybody needs it, or the SHA-256."),
        min_value=1,
        max_value=10**9,
        required=False,
    )
    sha256 = forms.RegexField("^[0-9a-fA-F]{64}$", label=_("SHA-256 of the file"), required=False)

    @property
    def declared(self) -> Declared:
        return Declared(self.cleaned_data["rows"], self.cleaned_data["sha256"].lower())
