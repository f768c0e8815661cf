"""The fixtures of the register's imports, and of the line."""

from collections.abc import Iterator

import pytest

from rollout.line.snapshot import look_anew
from tests.population.conftest import admin, folder, offices, small_chunks
from tests.rollout.lines import keep_line, stands_at

__all__ = ["admin", "folder", "offices", "small_chunks"]


@pytest.fixture
def line(db) -> Iterator[None]:
    """Kept, and standing still behind the last number that was drawn."""
    keep_line()
    stands_at(0)
    yield
    look_anew()
