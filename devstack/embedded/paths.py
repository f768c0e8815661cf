"""Where the checkout is and where its changing data lies."""

import os
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def var_dir() -> Path:
    """The folder of everything that a run writes; DOPA_VAR_DIR moves it."""
    return Path(os.environ.get("DOPA_VAR_DIR", ROOT / "var")).absolute()


def package_dir(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed; run `make setup`", name=name)
    return Path(spec.origin).parent
