"""The folder on the server where files wait to be imported."""

from pathlib import Path

from django.conf import settings

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
