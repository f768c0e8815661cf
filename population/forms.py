"""Choosing what to import: a file of the folder, one from this computer, an object in storage."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = [(name, name) for name in waiting_files()]
        self.fields["file"].choices = [("", _("None")), *waiting]
        if not settings.IMPORT_BUCKETS:
            del self.fields["address"]

    def clean_upload(self) -> UploadedFile | None:
        upload = self.cleaned_data["upload"]
        if upload and not upload.name.endswith(ENDINGS):
            raise forms.ValidationError(_("This is neither CSV, CSV.gz nor Parquet."))
        return upload

    def clean(self) -> dict:
        data = super().clean()
        chosen = [name for name in ("file", "upload", "address") if data.get(name)]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(_("Choose one file, in one of these ways."))
        return data

    def file_name(self) -> str:
        """The file's name in the folder, where an upload is put first, or the object's address."""
        upload = self.cleaned_data["upload"]
        if upload:
            return keep_upload(upload)
        return self.cleaned_data["file"] or self.cleaned_data["address"]


class RegisterForm(FileForm):
    """A file of the register says whether it is all of it."""

    complete = forms.BooleanField(
        label=_("The file holds everybody: whoever is missing counts as removed"), required=False
    )
