"""How often the colours of a screen are told on a face, and how often wrongly; as Markdown."""

from devstack.demo.measuring.colours import ROOMS, Told, runs_of, told
from devstack.demo.measuring.of_films import OfFilms, by_person
from devstack.demo.measuring.turns import Person
from verification.capture import Light

HEAD = """Films of people, the screen's light reckoned onto them. `other` is what would go to an
officer, `followed` what tells for a face that is there now. In brackets the people with at least
one such film, and the 95 % interval of their share (Wilson, by person).

| light | room | followed | cannot be told | other |
|---|---|---|---|---|"""
SAID = ({Light.FOLLOWED}, {Light.UNCLEAR}, {Light.OTHER, Light.SOMEBODY_ELSE})


class Command(OfFilms):
    help = __doc__

    def lines(self, people: list[Person]) -> list[str]:
        runs = runs_of(people)
        lines = [HEAD, _line("none of a screen", "any", told(runs, 0.0, replayed=False))]
        for name, replayed in (("the colours drawn", False), ("a replay's, of others", True)):
            lines += [
                _line(name, f"{lux} lux", told(runs, share, replayed=replayed))
                for lux, share in ROOMS.items()
            ]
        return lines


def _line(light: str, room: str, found: list[Told]) -> str:
    cells = " | ".join(_share(found, said) for said in SAID)
    return f"| {light} | {room} | {cells} |"


def _share(found: list[Told], said: set[Light]) -> str:
    return by_person([(one.person, one.light in said) for one in found])
