"""What a digital ID says, attribute by attribute, and on whose word. Never on the form's."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from identity.models import DigitalID
from identity.person import ISSUED, LIFELONG, Person, Source, comparable
from identity.services import issue_digital_id
from population.register import RegisterAnswer, registered_person
from registration.errors import Conflict
from registration.models import Channel, Enrollment, EvidenceKind
from registration.services.evidence import load_picture

ASSURANCE = {Channel.SELF: "IAL2.2", Channel.APP: "IAL2.2", Channel.OFFICE: "IAL2.3"}


@dataclass(frozen=True)
class Attested:
    """The person to be issued, and the names of the attributes by their source."""

    person: Person
    sources: dict[Source, list[str]]


def issue(enrollment: Enrollment) -> DigitalID:
    """Write the digital ID of an enrollment whose activation has been decided."""
    attested = attest(enrollment)
    expiry = attested.person.expiry_date
    photo = load_picture(enrollment, EvidenceKind.HOLDER_PHOTO) or load_picture(
        enrollment, EvidenceKind.SELFIE
    )
    return issue_digital_id(
        enrollment.number_key,
        holder=attested.person,
        photo=photo,
        password=enrollment.password,
        assurance=ASSURANCE[Channel(enrollment.channel)],
        channel=enrollment.channel,
        office_code=enrollment.office_id or "",
        enrollment_id=enrollment.pk,
        expires_on=None if expiry == LIFELONG else date.fromisoformat(expiry),
        sources=attested.sources,
    )


def attest(enrollment: Enrollment) -> Attested:
    """Each attribute with its source: the register if it has it, else a sure reading of the card,
    else an officer who approved. Raises Conflict where there is none, or where the person or the
    card is no longer in force.
    """
    answer = registered_person(enrollment.number_key)
    approved = enrollment.decisions.in_force().filter(move="approve").exists()
    if answer.found and not answer.alive:
        raise Conflict("not_in_register", _("The register has changed. Please visit an office."))
    values, sources = {}, {}
    for name in ISSUED:
        values[name], source = _attested(name, enrollment, answer, approved=approved)
        sources.setdefault(source, []).append(name)
    person = Person(**values)
    if person.expiry_date != LIFELONG and person.expiry_date < timezone.localdate().isoformat():
        raise Conflict("card_expired", _("This card has expired. Please renew it first."))
    return Attested(person, sources)


def _attested(
    name: str, enrollment: Enrollment, answer: RegisterAnswer, *, approved: bool
) -> tuple[str, Source]:
    confirmed = getattr(enrollment.confirmed, name)
    if answer.holds(name):
        return getattr(answer.person, name), Source.REGISTER
    reading, sure = enrollment.reading, settings.MACHINE_THRESHOLDS["field_confidence"]
    surely = reading is not None and reading.of(name).confidence >= sure
    if surely and comparable(name, reading.of(name).value) == comparable(name, confirmed):
        return confirmed, Source.CARD
    if approved:
        return confirmed, Source.OFFICER
    raise Conflict(
        "unattested",
        _("Not everything on the card could be confirmed. Please photograph the card again."),
    )
