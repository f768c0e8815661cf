"""Who plays in the sample data: people of two offices, each with a face and a part."""

from dataclasses import replace
from pathlib import Path

from devstack.demo.passwords import password_of
from devstack.demo.pictures import Pictures
from devstack.demo.scenarios import SCENARIOS, Scenario
from devstack.demo.seeding import SampleCitizen
from devstack.demo.specimens.people import Person, make_people
from devstack.demo.specimens.portraits import Portraits
from devstack.demo.staff import OFFICE, OTHER_OFFICE

SEED = 2566
REGISTER_ONLY = 200  # people of the register who have not registered yet


def make_cast(portraits_folder: Path) -> tuple[list[SampleCitizen], list[Person]]:
    """The sample citizens, and everyone whom the register holds."""
    portraits = Portraits(portraits_folder)
    people = make_people(len(SCENARIOS) + REGISTER_ONLY, seed=SEED, offices=[OFFICE, OTHER_OFFICE])
    faces = {sex: iter(portraits.names(sex)) for sex in ("f", "m")}
    cast: list[SampleCitizen] = []
    for place, (scenario, person) in enumerate(zip(SCENARIOS, people, strict=False)):
        face = cast[0].face if scenario.differs == "twin" else next(faces[person.sex])
        stranger = next(faces[person.sex]) if scenario.differs == "face" else ""
        stranger = cast[0].face if scenario.renewal == "face" else stranger
        pictures = Pictures(portraits, stranger=stranger, seed=SEED + 10 * place)
        cast.append(SampleCitizen(scenario, person, face, pictures, password_of(person.number)))
    known = [_as_registered(one.person, one.scenario) for one in cast]
    return cast, [person for person in known if person is not None] + people[len(cast) :]


def _as_registered(person: Person, scenario: Scenario) -> Person | None:
    """The person as the register knows them, which a scenario may make differ from the card."""
    if scenario.differs == "unknown":
        return None
    if scenario.differs == "register":
        return replace(person, last_name_th=person.last_name_th + "วงศ์")
    return person
