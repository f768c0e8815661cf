"""What judges gets its thresholds with what it judges: the settings are nobody's second source."""

import ast
from pathlib import Path

import pytest

import verification

HERE = Path(verification.__file__).parent
JUDGING = ["policy", "judging", "binding", "thresholds", "findings", "examine"]
# The models' folder, which network, how large a picture may be: of machines, not of the policy.
OF_MACHINES = {"MODELS_DIR", "FACE_EMBEDDER", "UPLOAD_MAX_BYTES", "UPLOAD_MAX_PIXELS"}


@pytest.mark.parametrize("name", JUDGING)
def test_what_judges_names_no_settings(name):
    nodes = list(ast.walk(ast.parse((HERE / f"{name}.py").read_text())))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {alias.name for node in nodes for alias in getattr(node, "names", ())}
    assert names & {"settings", "current_thresholds"} == set()


@pytest.mark.parametrize("name", JUDGING)
def test_nothing_behind_it_reads_a_figure_of_the_policy(name):
    behind = modules_behind(HERE / f"{name}.py")
    assert set().union(*map(named_settings, behind)) <= OF_MACHINES


def test_the_search_sees_what_is_behind():
    found = {path.relative_to(HERE).as_posix() for path in modules_behind(HERE / "examine.py")}
    assert {"binding.py", "faces/quality.py", "faces/embedder.py", "images/decoding.py"} <= found
    assert named_settings(HERE / "faces" / "embedder.py") == {"FACE_EMBEDDER"}


def modules_behind(path: Path) -> set[Path]:
    """The files of this app that one imports, and those that they import, and so on."""
    reached, left = set(), [path]
    while left:
        current = left.pop()
        if current in reached:
            continue
        reached.add(current)
        names = map(imported, ast.walk(ast.parse(current.read_text())))
        places = [HERE.parent.joinpath(*name.split(".")) for one in names for name in one]
        files = [f for p in places for f in (p.with_suffix(".py"), p / "__init__.py")]
        left += filter(Path.is_file, files)
    return reached


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("verification"):
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def named_settings(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    return {node.attr for node in attributes if getattr(node.value, "id", "") == "settings"}
