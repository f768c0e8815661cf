"""Bring database, offices, translations and static files up to the code.

`python -m devstack.embedded.prepare`, in a process of its own: the settings need services.
"""

import hashlib
import importlib.metadata
import os
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from audit.grants import grant_to
from core import static_files
from core.management.commands.compile_messages import compile_messages
from devstack.embedded.environment import SERVED_AS
from devstack.embedded.files import replace_private
from devstack.embedded.paths import ROOT


def main() -> None:
    say("Compiling translations")
    compile_messages(ROOT / "locale")
    django.setup()
    say("Bringing the tables up to date")
    call_command("migrate", verbosity=0, interactive=False)
    if served_as := urlsplit(os.environ.get(SERVED_AS, "")).username:
        grant_to(served_as)
    say("Loading the registration offices")
    call_command("load_offices", verbosity=0)
    collect_static(settings.VAR_DIR / "static.stamp")


def collect_static(stamp: Path) -> None:
    """Collect, name by content and compress; nothing where no source changed since."""
    wanted = sources_digest()
    collected = settings.STATIC_ROOT / "staticfiles.json"
    if collected.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    say("Collecting styles, scripts and fonts")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    replace_private(stamp, wanted)


def sources_digest() -> str:
    digest = hashlib.sha256(importlib.metadata.version("django").encode())
    digest.update(Path(static_files.__file__).read_bytes())  # it writes what browsers get
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "devstack.settings.development")
    main()
