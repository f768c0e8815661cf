"""The running portal, whose register knows the people of the walks."""

import pytest

from tests.e2e.conftest import portraits  # noqa: F401 - pytest finds fixtures by name
from tests.portal import Portal
from tests.walks import people


@pytest.fixture(scope="session")
def known(portal: Portal) -> Portal:
    script = (
        "from demo.specimens.people import Person; from demo.register import enter_in_register; "
        f"enter_in_register({people()!r})"
    )
    portal.manage("shell", "--verbosity=0", "--command", script)
    return portal
