"""What is known from the sources alone of the rows that code saves, changes or deletes."""

import ast
from collections.abc import Collection, Iterator
from functools import cache

from django.apps import apps

SAVING = {"save", "asave", "save_base", "delete", "adelete"}
MANY = {
    "create", "acreate", "bulk_create", "update", "aupdate", "bulk_update", "update_or_create",
    "get_or_create", "add", "set", "remove", "clear",
}  # fmt: skip


@cache
def known() -> dict[str, str]:
    """Models by their names, and by what other rows call theirs: `shards` of a phase."""
    own = list(apps.get_models())
    relations = [one for model in own for one in model._meta.related_objects]
    called = {one.get_accessor_name(): one.related_model.__name__ for one in relations}
    return called | {model.__name__: model.__name__ for model in own}


def named_in(node: ast.AST | None) -> set[str]:
    """Models that an expression or an annotation names."""
    if isinstance(node, ast.Constant) and str(node.value).isidentifier():
        node = ast.parse(str(node.value))
    parts = list(ast.walk(node)) if node else []
    words = {one.id for one in parts if isinstance(one, ast.Name)}
    words |= {one.attr for one in parts if isinstance(one, ast.Attribute)}
    return {known()[word] for word in words if word in known()}


def returned(trees: Collection[ast.Module]) -> dict[str, set[str]]:
    """Which models the functions of a name give back."""
    found: dict[str, set[str]] = {}
    for function in (one for tree in trees for one in functions(tree)):
        found[function.name] = found.get(function.name, set()) | named_in(function.returns)
    return found


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def models_of(name: str, function: ast.AST, gives: dict[str, set[str]]) -> set[str]:
    """The models whose row a function's variable may be; empty where the sources do not say."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.arg) and node.arg == name:
            found |= named_in(node.annotation)
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        bound = {one.id for t in targets if t for one in ast.walk(t) if isinstance(one, ast.Name)}
        value = getattr(node, "value", None) or getattr(node, "iter", None)
        if name in bound and isinstance(value, ast.AST):
            found |= named_in(value)
            called = [one for one in ast.walk(value) if isinstance(one, ast.Call)]
            for one in called:
                found |= gives.get(ast.unparse(one.func).rpartition(".")[2], set())
    return found


def rows_written(
    tree: ast.Module, gives: dict[str, set[str]], verbs: Collection[str]
) -> Iterator[tuple[str, set[str]]]:
    """Upon what each of these verbs is called, with the models that it may be of."""
    for function in functions(tree):
        for node in ast.walk(function):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in verbs:
                row, of = called.value, named_in(called.value)
                first = next((one for one in ast.walk(row) if isinstance(one, ast.Name)), None)
                if not of and first:
                    of = models_of(first.id, function, gives)
                yield ast.unparse(row), of
