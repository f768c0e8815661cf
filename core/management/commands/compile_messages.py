"""Compiles the translations where GNU gettext is missing, which Django's compilemessages needs."""

import io
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # it runs where a release is built, before anything is there

    def handle(self, **_options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for path in compile_messages(Path(folder)):
                self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}")


def compile_messages(folder: Path) -> list[Path]:
    """Bring every .mo below `folder` up to its .po; the files that were written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parent.parent.name)
        content = io.BytesIO()
        write_mo(content, catalog)
        _replace(target, content.getvalue())
        written.append(target)
    return written


def _replace(target: Path, content: bytes) -> None:
    """A reader sees the old file or the whole new one."""
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)
