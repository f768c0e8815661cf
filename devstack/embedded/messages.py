"""Compile the translations without GNU gettext: `python -m devstack.embedded.messages`."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from devstack.embedded.files import replace_private
from devstack.embedded.paths import ROOT


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
        replace_private(target, content.getvalue())
        target.chmod(0o644)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_messages(ROOT / "locale"):
        print(f"Compiled {path.relative_to(ROOT)}")
