"""Whether turned heads pass and turned pictures do not; APCER and BPCER as Markdown.

Films are of the people of ../shared/faces/turns, attacks are made of one picture of each of them.
"""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from devstack.demo.measuring import turns
from devstack.demo.measuring.turns import Film, Verdict, as_taken, attacks, honest, people
from devstack.demo.measuring.warps import WARPS
from devstack.demo.measuring.warps.taken import TAKEN
from verification.faces.calibration import Share
from verification.faces.solid import SOLID

HEAD = f"""Films judged wrongly, of films shown: by the rule of the steps, by the score of the skin
(at least {SOLID}; only films with a turn of 0.16 to 0.40 have one), by both. APCER is the share of
attacks accepted, BPCER that of turns refused. In brackets the people with at least one such film,
and the 95 % interval of their share (Wilson, by person: films of one person are not independent).

| shown | taken | | rule | score | both |
|---|---|---|---|---|---|"""
LAST = """The score stops who has one photo and no more than its warps. It does not stop `adaptive`,
which knows what is looked for and is sixty lines more; nor two true pictures of one person, from
the front and from the side. `both` counts a film without a score as not
accepted."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=turns.FOLDER)

    def handle(self, *, folder: Path, **_options: object) -> None:
        if not (folder / "turns.json").exists():
            self.stdout.write(turns.MISSING)
            return
        shown = people(folder)
        lines = [HEAD]
        for name, real in (("people", True), ("a scanned head, rendered", False)):
            films = [film for one in shown if one.real == real for film in honest(one)]
            lines += _lines(name, "BPCER", films, wrong=lambda accepted: not accepted)
        for species in WARPS:
            films = [film for one in shown for film in attacks(one, species)]
            lines += _lines(species, "APCER", films, wrong=bool)
        self.stdout.write("\n".join([*lines, "", LAST]))


def _lines(name: str, error: str, films: list[Film], *, wrong: Callable[[bool], bool]) -> list[str]:
    return [
        f"| {name} | {taken} | {error} | "
        f"{_cells([Verdict.of(as_taken(film, taken)) for film in films], wrong)} |"
        for taken in TAKEN
    ]


def _cells(said: list[Verdict], wrong: Callable[[bool], bool]) -> str:
    judged = [one for one in said if one.solid is not None]
    return " | ".join(
        [
            _share([(one.person, wrong(one.follows)) for one in said]),
            _share([(one.person, wrong(bool(one.solid))) for one in judged]),
            _share([(one.person, wrong(one.follows and bool(one.solid))) for one in said]),
        ]
    )


def _share(errors: list[tuple[int, bool]]) -> str:
    of_whom = {person for person, error in errors if error}
    by_person = Share(len(of_whom), len({person for person, _error in errors}))
    low, high = by_person.interval
    return (
        f"{sum(error for _person, error in errors)} of {len(errors)} "
        f"({by_person.count} of {by_person.total} people: {low:.0%} to {high:.0%})"
    )
