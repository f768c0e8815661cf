"""A better photo of the card, where the one there is did not surely say what matters."""

from django.conf import settings
from django.utils import timezone

from audit.services import Actor
from identity.person import FIELDS, LIFELONG, Person
from population.register import RegisterAnswer
from registration.claims import claims_of
from registration.models import Enrollment
from registration.services.moves import move
from verification.binding import Tie, tie
from verification.reading import Reading

ON_THE_BACK = frozenset({"laser_code"})
UNSURE = {"number": "front:number_unsure", "laser_code": "back:code_unsure"}
EXPIRED = "front:expired"


def problem_of(reading: Reading, *, may_ask: bool) -> str:
    """What is wrong with a card that was read: it has expired, or, where a better photo may be
    asked for, what ties it to a record was not surely read.
    """
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    expiry = reading.surely("expiry_date", sure=sure)
    if expiry and expiry != LIFELONG and expiry < timezone.localdate().isoformat():
        return EXPIRED
    unsure = [name for name in UNSURE if not reading.surely(name, sure=sure)]
    return UNSURE[unsure[0]] if unsure and may_ask else ""


def unproven_side(reading: Reading, confirmed: Person) -> str:
    """Which side of the card does not say what was confirmed, or nothing. A reading with doubt that
    is the same is left to the register, which is asked later, where it holds the field.
    """
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    for claim in claims_of(reading, confirmed, RegisterAnswer(found=False)):
        found = tie(claim, sure=sure)
        left = FIELDS[claim.name].in_register and claim.read == claim.confirmed
        if found != Tie.SURE and (found == Tie.CONTRADICTED or claim.binds or not left):
            return "back" if claim.name in ON_THE_BACK else "front"
    return ""


def may_ask(enrollment: Enrollment) -> bool:
    return enrollment.card_photos < settings.MAX_CARD_PHOTOS


def ask_for_card(enrollment: Enrollment, *, problem: str, actor: Actor) -> Enrollment:
    """Go back to photographing the side; what was read is read anew."""
    changes = {"reading": None, "card_problem": problem}
    return move(enrollment, "ask_for_card", actor=actor, changes=changes, problem=problem)
