"""Compiles the translations where GNU gettext is missing, which Django's compilemessages needs; in
Thai, words are kept in one piece (core.thai_words).
"""

import io
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand

from core import thai_words


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
        changed = max(one.stat().st_mtime for one in (source, Path(thai_words.__file__)))
        if target.exists() and target.stat().st_mtime >= changed:
            continue
        language = source.parent.parent.name
        with source.open("rb") as text:
            catalog = read_po(text, locale=language)
        if language == "th":
            _keep_words_whole(catalog)
        content = io.BytesIO()
        write_mo(content, catalog)
        _replace(target, content.getvalue())
        written.append(target)
    return written


def _keep_words_whole(catalog: Catalog) -> None:
    for message in catalog:
        said = message.string
        if message.id and isinstance(said, str):
            message.string = thai_words.joined(said)
        elif message.id and said:
            message.string = tuple(map(thai_words.joined, said))


def _replace(target: Path, content: bytes) -> None:
    """A reader sees the old file or the whole new one."""
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)
