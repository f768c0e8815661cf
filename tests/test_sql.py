"""What holds of all SQL in the repository: a distributed PostgreSQL has to understand it."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
WITHOUT_COLUMN = re.compile(r"\bSELECT\s+FROM\b", re.IGNORECASE)
FOREIGN = {"node_modules", ".venv", "var"}
NOW = "EXISTS (SELECT 1 FROM audit_entry_default"


def texts(source: str) -> Iterator[str]:
    """Every text of a module, pieces that stand side by side put together."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "_" for part in node.values)
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def own_files(ending: str) -> list[Path]:
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in FOREIGN]
    return [path for folder in folders for path in folder.rglob(f"*.{ending}")]


def without_column(source: str) -> list[str]:
    return [text for text in texts(source) if WITHOUT_COLUMN.search(text)]


def test_every_select_of_the_sources_names_a_column():
    modules = own_files("py")
    assert len(modules) > 500
    found = [path.name for path in modules if without_column(path.read_text())]
    found += [path.name for path in own_files("sql") if WITHOUT_COLUMN.search(path.read_text())]
    assert found == []


@pytest.mark.parametrize(
    "source",
    ['"SELECT " "FROM a"', 'f"EXISTS (SELECT\\n  FROM {table})"', "'''select\\nfrom a'''"],
)
def test_a_select_without_a_column_is_found(source):
    assert without_column(source)


def functions_without_column() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
        return [name for name, body in cursor.fetchall() if WITHOUT_COLUMN.search(body)]


def test_every_select_of_the_databases_functions_names_a_column(db):
    assert functions_without_column() == []


def test_a_database_made_before_is_mended(db):
    mended = import_module("audit.migrations.0006_a_column_in_every_select")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('audit_make_month(date)'::regprocedure)")
        today = cursor.fetchone()[0]
        cursor.execute(today.replace(NOW, NOW.replace(" 1", "")))
        assert functions_without_column() == ["audit_make_month"]
        cursor.execute(mended.NAME_A_COLUMN)
        cursor.execute("SELECT pg_get_functiondef('audit_make_month(date)'::regprocedure)")
        assert cursor.fetchone()[0] == today
