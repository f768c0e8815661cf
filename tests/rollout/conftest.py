"""The fixtures of the register's imports."""

from tests.population.conftest import admin, folder, offices, small_chunks, transactional_db

__all__ = ["admin", "folder", "offices", "small_chunks", "transactional_db"]
