"""Compiling translations without gettext."""

import stat
from pathlib import Path

from babel.messages.mofile import read_mo

from core.management.commands.compile_messages import compile_messages


def test_translations_are_compiled_when_their_source_is_newer(tmp_path: Path):
    source = tmp_path / "th" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Card"\nmsgstr "บัตร"\n')
    (target,) = compile_messages(tmp_path)
    with target.open("rb") as content:
        assert read_mo(content).get("Card").string == "บัตร"
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert compile_messages(tmp_path) == []
