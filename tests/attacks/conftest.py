"""A running portal that nobody but attackers uses, whose register knows the people of the walks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal import Portal
from tests.walks import people


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One of its own: the faces that are handed in here would be duplicates elsewhere."""
    folder = Path(os.environ.get("DOPA_VAR_DIR") or tmp_path_factory.mktemp("portal"))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    portal = Portal(folder / "portal" / f"{worker}_attacked")
    script = (
        "from devstack.demo.specimens.people import Person; "
        "from devstack.demo.register import enter_in_register; "
        f"enter_in_register({people()!r})"
    )
    try:
        portal.start()
        portal.manage("shell", "--verbosity=0", "--command", script)
        yield portal
    finally:
        portal.stop()
