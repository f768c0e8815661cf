"""How many honest people's cards tie them to the register at the first or second photo.

Each person photographs the card under conditions drawn anew for each photo, and confirms what is
printed. The register knows them as the card does.
"""

from dataclasses import dataclass

from devstack.demo.measuring.cards import Trial, measured_person, try_card
from identity.numbers import laser_key
from identity.person import FIELDS, REGISTERED, Person
from population.register import RegisterAnswer
from registration.claims import claims_of, current_thresholds
from verification.binding import data_finding
from verification.cards.fields import Field
from verification.findings import Outcome
from verification.reading import Reading

SECOND = 10_000  # added to a seed for the second photo's conditions


@dataclass(frozen=True)
class Tied:
    """Of one person: whether the first photo tied, whether the second did, and what was missing
    (field names, or the reason why the photo was refused).
    """

    first: bool
    second: bool
    missed: tuple[str, ...]


def try_person(seed: int) -> Tied:
    """Photograph the card, and once more if the first photo ties nobody."""
    missed = _missed(seed, conditions=seed)
    if not missed:
        return Tied(first=True, second=False, missed=())
    again = _missed(seed, conditions=seed + SECOND)
    return Tied(first=False, second=not again, missed=again)


def _missed(seed: int, *, conditions: int) -> tuple[str, ...]:
    trial = try_card(seed, photo=conditions)
    if trial.refused:
        return trial.refused
    person = measured_person(seed)
    confirmed = Person(**{name: getattr(person, name) for name in FIELDS})
    answer = RegisterAnswer(
        found=True,
        alive=True,
        person=Person(**{name: getattr(person, name) for name in REGISTERED}),
        laser_key=laser_key(person.laser_code),
    )
    claims = claims_of(_reading(trial), confirmed, answer)
    found = data_finding(claims, sure=current_thresholds().field_confidence)
    if found.outcome == Outcome.PASSED:
        return ()
    return tuple(name for names in found.details.values() for name in names)


def _reading(trial: Trial) -> Reading:
    return Reading({name: Field(*read) for name, read in trial.read.items()}, {})
