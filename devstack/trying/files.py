"""A file of the register in which every hundredth line has a mistake."""

from pathlib import Path

from devstack.demo.population import write_population
from population.imports.folder import import_folder

NAME, ROWS = "register-with-mistakes.csv", 2000


def register_with_mistakes() -> Path:
    return import_folder() / NAME


def make_register() -> None:
    """Put it where administrators find what can be imported."""
    path = register_with_mistakes()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_population(path, ROWS, broken=True)
