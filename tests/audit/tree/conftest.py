"""The tree holds what is committed, so its tests commit."""

import pytest


@pytest.fixture
def db(transactional_db) -> None:
    """Here `db` is a database of the test's own: nothing could clear the shared one afterwards."""
