"""The rules of the house that a machine can keep."""

import ast
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
LAYERS = {
    "core": set(),
    "audit": set(),
    "offices": {"audit"},
    "verification": {"audit"},
    "identity": {"audit", "offices"},
    "population": {"audit", "offices", "identity"},
    "relying_parties": {"audit", "offices", "identity"},
    "registration": {"audit", "offices", "verification", "identity", "population"},
    "pilot": {"audit", "offices", "identity", "population", "registration"},
    "rollout": {"audit", "offices", "identity", "population", "registration", "pilot"},
    "dashboards": {
        *("audit", "offices", "verification", "identity", "population", "registration"),
        *("pilot", "rollout"),
    },
    "dopa_portal": {"audit", "dashboards"},
    "devstack": {
        *("audit", "offices", "verification", "identity", "population", "registration"),
        *("pilot", "rollout", "dashboards", "relying_parties", "dopa_portal"),
    },
}
FUNCTION_LINES, TEST_LINES, FILE_LINES, TEMPLATE_LINES, ADMIN_LINES = 40, 40, 250, 130, 40


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_apps(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    return {module.partition(".")[0] for module in modules if module} & set(LAYERS)


@pytest.mark.parametrize("app", LAYERS)
def test_imports_run_downwards_only(app):
    allowed = LAYERS[app] | {app, "core"}
    climbing = {
        f"{name_of(path)} imports {other}"
        for path in sources(app)
        for other in imported_apps(path) - allowed
    }
    assert climbing == set()


def test_only_move_sets_the_state_of_an_enrollment():
    setters = {
        name_of(path)
        for path in sources("registration", "dashboards", "devstack/demo", "identity")
        if re.search(r"(?<!self)\.state\s*(,[^=\n]*)?=[^=]|update\([^)]*\bstate=", path.read_text())
    }
    assert setters == {"registration/services/moves.py"}


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_files_and_functions_stay_small():
    too_long = {
        f"{name_of(path)}: {len(path.read_text().splitlines())} lines"
        for path in sources(*LAYERS, "tests", "scripts", "training")
        if len(path.read_text().splitlines()) > FILE_LINES
    }
    for path in sources(*LAYERS, "tests", "scripts", "training"):
        limit = TEST_LINES if path.is_relative_to(ROOT / "tests") else FUNCTION_LINES
        too_long |= {
            f"{name_of(path)}:{function.lineno} {function.name}"
            for function in functions(path)
            if function.end_lineno - function.lineno >= limit
        }
    assert too_long == set()


def test_admin_classes_stay_small():
    too_long = {
        f"{name_of(path)}: {node.name}"
        for path in sources(*LAYERS)
        if path.name == "admin.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.end_lineno - node.lineno >= ADMIN_LINES
    }
    assert too_long == set()


def test_templates_stay_small_and_hold_no_script_or_style():
    forbidden = re.compile(r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|\sstyle\s*=|\|safe\b")
    wrong = {
        name_of(path)
        for path in templates()
        if len(path.read_text().splitlines()) > TEMPLATE_LINES or forbidden.search(path.read_text())
    }
    assert wrong == set()


def test_every_template_is_used():
    used = "\n".join(
        path.read_text() for path in [*sources(*LAYERS), *templates(), *sources("tests")]
    )
    by_framework = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "429.html"}
    overrides = ("account/", "mfa/", "admin/", "allauth/", "usersessions/")
    unused = set()
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        page = re.sub(r"^registration/(\w+)\.html$", r'"\1"', name)
        framework = name in by_framework or name.startswith(overrides)
        if not framework and name not in used and page not in used:
            unused.add(name)
    assert unused == set()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())


def test_nothing_is_left_unfinished():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum)\b", re.IGNORECASE)
    paths = [*sources(*LAYERS, "scripts"), *templates(), *sorted((ROOT / "docs").rglob("*.md"))]
    assert {name_of(path) for path in paths if marks.search(path.read_text())} == set()
