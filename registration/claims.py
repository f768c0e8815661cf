"""What is claimed of a card, field by field, as verification judges it; and by what it judges."""

from django.conf import settings

from identity.person import FIELDS, ON_CARD, Person, comparable
from population.register import RegisterAnswer
from verification.binding import Claim
from verification.capture import SHADOWABLE, Sign
from verification.findings import Check
from verification.reading import Reading
from verification.thresholds import Thresholds

MAY_BE_SHADOWED = frozenset({Check.SOLID})


def claims_of(reading: Reading, confirmed: Person, answer: RegisterAnswer) -> tuple[Claim, ...]:
    """Each field that stands on a card, in the form in which it is compared."""
    return tuple(
        Claim(
            name=name,
            read=comparable(name, reading.of(name).value),
            confidence=reading.of(name).confidence,
            confirmed=comparable(name, getattr(confirmed, name)),
            registered=_registered(name, reading, answer),
            binds=FIELDS[name].binds,
        )
        for name in ON_CARD
    )


def _registered(name: str, reading: Reading, answer: RegisterAnswer) -> str | None:
    """What the register says; of the code on the back it knows only whether it was rightly read."""
    if name == "laser_code":
        read = reading.of(name).value
        return comparable(name, read) if read and answer.has_code(read) else None
    return comparable(name, getattr(answer.person, name)) if answer.holds(name) else None


def shadowed_checks() -> frozenset[Check]:
    """Those that are measured and decide nothing yet; of all checks one alone may be, so that no
    line of settings lets pictures pass that nobody vouches for.
    """
    return frozenset(map(Check, settings.SHADOWED_CHECKS)) & MAY_BE_SHADOWED


def shadowed_signs() -> frozenset[Sign]:
    """The same of signs against a camera."""
    return frozenset(map(Sign, settings.SHADOWED_SIGNS)) & SHADOWABLE


def current_thresholds() -> Thresholds:
    """The thresholds in force, which travel with a submission from here on."""
    return Thresholds.of(settings.MACHINE_THRESHOLDS)
