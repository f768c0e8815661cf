"""What the sources write into the log: read, not run."""

import ast
from collections.abc import Iterator

from audit.actions import Action
from tests.test_house_rules import APPS, ROOT, sources

FIRST = {"record", "move", "move_locked", "move_served"}
NO_DETAILS = {"actor", "reason", "changes", "by", "not_logged"}


def own_trees() -> list[ast.Module]:
    own = [path for path in sources(*APPS) if not path.is_relative_to(ROOT / "devstack")]
    return [ast.parse(path.read_text()) for path in own]


def called(call: ast.Call) -> str:
    """The name of what is called, without whose it is."""
    of = call.func
    return of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def writers(trees: list[ast.Module]) -> set[str]:
    """Functions that write an entry of an action that they are given, or hand it on to such."""
    functions = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    handing_on = {
        (function.name, called(call))
        for function in functions
        if "action" in {one.arg for one in function.args.args}
        for call in calls(function)
        if call.args and ast.unparse(call.args[0]) == "action"
    }
    found, before = set(FIRST), set[str]()
    while found != before:
        before = set(found)
        found |= {name for name, other in handing_on if other in before}
    return found


def entries(trees: list[ast.Module]) -> list[tuple[ast.Module, ast.Call]]:
    """Each place where one is written."""
    names = writers(trees)
    return [(tree, call) for tree in trees for call in calls(tree) if called(call) in names]


def details(trees: list[ast.Module]) -> Iterator[tuple[str, ast.expr]]:
    """Key and value of each detail that stands in the sources; not what comes by `**`."""
    for _tree, call in entries(trees):
        yield from ((w.arg, w.value) for w in call.keywords if w.arg and w.arg not in NO_DETAILS)


def literals(value: ast.expr) -> set[str]:
    """The texts that a value can be, where they stand there."""
    match value:
        case ast.Constant(value=str(text)):
            return {text} - {""}
        case ast.List(elts=each) | ast.Tuple(elts=each):
            return {text for one in each for text in literals(one)}
        case ast.IfExp(body=one, orelse=other):
            return literals(one) | literals(other)
    return set()


def actions_written(trees: list[ast.Module]) -> set[str]:
    """The names of actions that reach a writer: named there, or in what the name there was given.
    Those of a case's moves are not among them.
    """
    written = entries(trees)
    of_classes = {
        node.attr
        for _tree, call in written
        for node in call.args[:1]
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self"
    }
    found: set[str] = set()
    for tree in trees:
        assigned = list(_assignments(tree))
        given_to = [arg for where, call in written if where is tree for arg in call.args]
        given_to += [value for given, value in assigned if given & of_classes]
        found |= _actions(given_to, assigned)
    return found


def _assignments(tree: ast.AST) -> Iterator[tuple[set[str], ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {n.id for one in targets for n in ast.walk(one) if isinstance(n, ast.Name)}
            yield names, node.value


def _actions(values: list[ast.expr], assigned: list[tuple[set[str], ast.expr]]) -> set[str]:
    """Of expressions, and of what the names in them were given."""
    found: set[str] = set()
    seen: set[str] = set()
    while values:
        nodes = [node for value in values for node in ast.walk(value)]
        found |= {
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Action"
        }
        found |= {
            Action.of(text).name
            for node in nodes
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Action.of"
            for text in literals(node.args[0])
        }
        names = {node.id for node in nodes if isinstance(node, ast.Name)} - seen
        seen |= names
        values = [value for given, value in assigned if given & names]
    return found
