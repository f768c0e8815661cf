"""The folder on the server where files wait to be imported, and how an upload comes there."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

ENDINGS = (".csv", ".csv.gz", ".parquet")


def import_folder() -> Path:
    """The setting IMPORT_FOLDER, or `imports` beside the portal's other files."""
    return Path(getattr(settings, "IMPORT_FOLDER", settings.VAR_DIR / "imports"))


def waiting_files() -> list[str]:
    """Names of the files that can be imported; a name never leads out of the folder."""
    folder = import_folder()
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.is_file())
    return sorted(path.name for path in found if path.name.endswith(ENDINGS))


def keep_upload(upload: UploadedFile) -> str:
    """Put an uploaded file into the folder and return its name there, which is the first free one.

    It gets its name once it is whole: half a file is never waiting.
    """
    folder = import_folder()
    folder.mkdir(parents=True, exist_ok=True)
    ending = next(
        end for end in sorted(ENDINGS, key=len, reverse=True) if upload.name.endswith(end)
    )
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", upload.name.removesuffix(ending)).strip("-") or "upload"
    part = folder / f".{stem}-{os.urandom(4).hex()}.part"
    with part.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    for attempt in range(1000):
        path = folder / f"{stem}{f'-{attempt}' if attempt else ''}{ending}"
        try:
            os.link(part, path)  # unlike a rename this never overwrites
        except FileExistsError:
            continue
        part.unlink()
        return path.name
    part.unlink()
    raise FileExistsError(stem)
