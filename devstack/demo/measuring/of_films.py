"""What is measured on the films of people who turn their heads, and how it is told."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from devstack.demo.measuring import turns
from verification.faces.calibration import Share


class OfFilms(BaseCommand, ABC):
    """`lines(people)` is the Markdown that is printed."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=turns.FOLDER)

    def handle(self, *, folder: Path, **_options: object) -> None:
        if not (folder / "turns.json").exists():
            self.stdout.write(turns.MISSING)
            return
        self.stdout.write("\n".join(self.lines(turns.people(folder))))

    @abstractmethod
    def lines(self, people: list[turns.Person]) -> list[str]: ...


def by_person(found: Sequence[tuple[int, bool]]) -> str:
    """How many films it was true of, and of how many people at least once, with the 95 % interval
    of that share: the films of one person are not independent.
    """
    of_whom = {person for person, true in found if true}
    people = Share(len(of_whom), len({person for person, _true in found}))
    low, high = people.interval
    return (
        f"{sum(true for _person, true in found)} of {len(found)} "
        f"({people.count} of {people.total} people: {low:.0%} to {high:.0%})"
    )
