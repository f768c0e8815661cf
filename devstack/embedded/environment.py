"""What the settings read from the environment, filled in where nobody filled it in.

Secrets are made once and kept under `var/`; the addresses of PostgreSQL and Valkey are those of the
portal that runs out of the same folder, so a plain `manage.py` in a second terminal reaches it, as
the owner of the tables.
"""

import json
import os
import secrets
from pathlib import Path

from devstack.embedded.files import Lock, made_once
from devstack.embedded.paths import var_dir

PURPOSES = ("data", "lookup", "faces", "audit", "issuer")
SERVICES = ("DATABASE_URL", "REDIS_URL")
SERVED_AS = "DATABASE_SERVING_URL"  # the same database under the role that owns nothing


class NoServices(SystemExit):
    """Ends the program with a sentence: without a database no settings make sense."""


def lock_path(folder: Path) -> Path:
    return folder / "services.lock"


def state_path(folder: Path) -> Path:
    return folder / "services.json"


def load() -> None:
    """Fill `os.environ`; what is there already counts."""
    folder = var_dir()
    if "DJANGO_SECRET_KEY" not in os.environ:
        fresh = secrets.token_urlsafe(50)
        os.environ["DJANGO_SECRET_KEY"] = made_once(folder / "secret-key", fresh)
    if "DOPA_KEYRING" not in os.environ:
        os.environ["DOPA_KEYRING"] = made_once(folder / "keyring.json", fresh_keyring())
    missing = [name for name in SERVICES if not os.environ.get(name)]
    if missing:
        addresses = running(folder)
        if addresses is None:
            raise NoServices(
                f"{' and '.join(missing)}: not set, and no portal runs out of {folder}.\n"
                "Start one with `make run`, or put the command behind"
                " `python -m devstack.embedded exec --`."
            )
        os.environ.update({name: addresses[name] for name in missing})


def running(folder: Path) -> dict[str, str] | None:
    """The addresses of the services that run out of `folder`, or None."""
    if Lock(lock_path(folder)).holder() is None:
        return None
    try:
        return json.loads(state_path(folder).read_text())
    except FileNotFoundError:  # they are only starting
        return None


def fresh_keyring() -> str:
    """As `core.keyring` reads it, which cannot be imported before the settings stand."""
    return json.dumps(
        {purpose: {"current": "k1", "keys": {"k1": secrets.token_hex(32)}} for purpose in PURPOSES}
    )
