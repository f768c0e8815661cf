"""Whether turned heads pass and turned pictures do not; APCER and BPCER as Markdown.

Films are of the people of ../shared/faces/turns, attacks are made of one picture of each of them.
"""

from collections.abc import Callable

from devstack.demo.measuring.of_films import OfFilms, by_person
from devstack.demo.measuring.turns import (
    Film,
    Person,
    Verdict,
    as_taken,
    attacks,
    honest,
)
from devstack.demo.measuring.warps import WARPS
from devstack.demo.measuring.warps.taken import TAKEN
from verification.faces.solid import OWN_GRAIN, SOLID

HEAD = f"""Films judged wrongly, of films shown: by the rule of the steps, by the score of the skin
(at least {SOLID}; only films with a turn of 0.16 to 0.40 have one), by both, and by the grain (at
least {OWN_GRAIN}, a sign for officers at most). APCER is the share of attacks accepted, BPCER that
of turns refused. In brackets the people with at least one such film, and the 95 % interval of their
share (Wilson, by person: films of one person are not independent). The bound of the grain was
set with all people in view; the last lines show each half of them, neither of which is held out.

| shown | taken | | rule | score | both | grain |
|---|---|---|---|---|---|---|"""
LAST = """The score stops who has one photo and no more than its warps. It does not stop `adaptive`,
which knows what is looked for and is sixty lines more; nor two true pictures of one person, from
the front and from the side. `both` counts a film without a score as not
accepted. The grain betrays most of `adaptive`, as long as its maker does not know that it is looked
at: new grain, stronger than the old one, passes."""


class Command(OfFilms):
    help = __doc__

    def lines(self, people: list[Person]) -> list[str]:
        lines = [HEAD]
        for name, real in (("people", True), ("a scanned head, rendered", False)):
            films = [film for one in people if one.real == real for film in honest(one)]
            lines += _lines(name, "BPCER", films, wrong=lambda accepted: not accepted)
        for species in WARPS:
            films = [film for one in people for film in attacks(one, species)]
            lines += _lines(species, "APCER", films, wrong=bool)
        return [*lines, *_parted(people), "", LAST]


def _parted(shown: list[Person]) -> list[str]:
    """Every other person: whether a bound that one half gives holds for the other."""
    of_people = sorted({one.number for one in shown if one.real and honest(one)})
    others = set(of_people[1::2])
    lines = []
    for name, out in (("people, one half", False), ("people, the other half", True)):
        films = [
            film
            for one in shown
            if one.real and (one.number in others) == out
            for film in honest(one)
        ]
        lines += _lines(name, "BPCER", films, wrong=lambda accepted: not accepted)
    return lines


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
            by_person([(one.person, wrong(one.follows)) for one in said]),
            by_person([(one.person, wrong(bool(one.solid))) for one in judged]),
            by_person([(one.person, wrong(one.follows and bool(one.solid))) for one in said]),
            by_person([(one.person, wrong(bool(one.grain))) for one in judged]),
        ]
    )
