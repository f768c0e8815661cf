"""The rules of the house that a machine can keep."""

import ast
import io
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
# Which of them may import which, `make lint` holds: import-linter's contracts stand there as well.
APPS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
PAGES = (ROOT / "templates", ROOT / "devstack" / "trying" / "templates")
FUNCTION_LINES, TEST_LINES, FILE_LINES, TEMPLATE_LINES, ADMIN_LINES = 40, 40, 250, 130, 40


def sources(*folders: str) -> list[Path]:
    found = {folder: sorted((ROOT / folder).rglob("*.py")) for folder in folders}
    assert [folder for folder, paths in found.items() if not paths] == []
    return [path for paths in found.values() for path in paths if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(path for folder in PAGES for path in folder.rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


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
        for path in sources(*APPS, "tests", "scripts", "training")
        if len(path.read_text().splitlines()) > FILE_LINES
    }
    for path in sources(*APPS, "tests", "scripts", "training"):
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
        for path in sources(*APPS)
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
        path.read_text() for path in [*sources(*APPS), *templates(), *sources("tests")]
    )
    by_framework = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "429.html"}
    overrides = ("account/", "mfa/", "admin/", "allauth/", "usersessions/")
    unused = set()
    for path in templates():
        name = next(path.relative_to(one) for one in PAGES if path.is_relative_to(one)).as_posix()
        page = re.sub(r"^registration/(\w+)\.html$", r'"\1"', name)
        framework = name in by_framework or name.startswith(overrides)
        if not framework and name not in used and page not in used:
            unused.add(name)
    assert unused == set()


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"


def test_nothing_is_left_unfinished():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum)\b", re.IGNORECASE)
    paths = [*sources(*APPS, "scripts"), *templates(), *sorted((ROOT / "docs").rglob("*.md"))]
    assert {name_of(path) for path in paths if marks.search(path.read_text())} == set()


def fails_by_itself(node: ast.AST) -> bool:
    """An assertion, or the call of one: pytest's, Django's, Playwright's."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        return name in {"expect", "pytest.raises", "pytest.fail"} or "assert" in name
    return isinstance(node, ast.Assert)


def never_empty(values: ast.AST) -> bool:
    """Values that the reader sees: written out, a range, or a constant."""
    return any(
        isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict)
        or (isinstance(node, ast.Name) and re.match("[A-Z]|range$", node.id))
        for node in ast.walk(values)
    )


def certain(statement: ast.stmt) -> bool:
    """Whether an assertion is reached in it, whatever the values of the run are."""
    match statement:
        case ast.If():
            return any(map(certain, statement.body)) and any(map(certain, statement.orelse))
        case ast.For():
            return never_empty(statement.iter) and any(map(certain, statement.body))
        case ast.With():
            return any(map(certain, statement.body)) or any(
                fails_by_itself(item.context_expr) for item in statement.items
            )
        case ast.Try():
            return any(map(certain, [*statement.body, *statement.finalbody]))
        case ast.While() | ast.FunctionDef() | ast.ClassDef():
            return False
    return any(map(fails_by_itself, ast.walk(statement)))


def test_every_test_asserts_whatever_the_values_are():
    """An assertion in an `if`, or in a loop over what may be empty, is one that cannot fail."""
    silent = {
        f"{name_of(path)}:{function.lineno} {function.name}"
        for path in sources("tests")
        for function in functions(path)
        if function.name.startswith("test_") and not any(map(certain, function.body))
    }
    assert silent == set()


def test_an_assertion_that_may_not_be_reached_is_seen():
    def silent(text: str) -> bool:
        return not any(map(certain, ast.parse(text).body))

    reached = ["assert x", "for x in (1, 2): assert x", "for x in CASES: assert x"]
    reached += ["with pytest.raises(E): do()", "expect(page).to_have_url(x)"]
    reached += ["if x: assert x\nelse: assert y", "with there(): assert x"]
    passed_by = ["do()", "for x in found(): assert x", "if x: assert x", "def f(): assert x"]
    passed_by += ["while x: assert x", "with there(): do()", "for x in CASES: do()"]
    assert [text for text in reached if silent(text)] == []
    assert [text for text in passed_by if not silent(text)] == []


def test_a_template_that_loads_htmx_tells_it_what_the_policy_forbids():
    """Else it writes a style element and the browser's console says that it was refused."""
    loading = [path for path in templates() if "htmx.min.js" in path.read_text()]
    silent = [path for path in loading if '"includeIndicatorStyles": false' not in path.read_text()]
    assert (len(loading) > 2, silent) == (True, [])
