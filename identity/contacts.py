"""Where the holder of a digital ID hears of it: typed, kept with it, handed on to the next one."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from identity.models import ContactChannel, DigitalID, HolderContact, NoticeKind
from identity.notifications import Recipient, notify_holder, recipients_of
from identity.text import tidy

MOBILE = re.compile(r"^(?:\+?66|0)([689][0-9]{8})$")
SHOWN_DIGITS = 4


def clean_contact(text: str) -> tuple[str, str]:
    """(channel, address) of what somebody typed; raises ValidationError."""
    text = text.strip()
    if "@" in text:
        validate_email(text)
        if not _fits_an_envelope(text):
            raise ValidationError(EmailValidator.message, code="bad_contact")
        return ContactChannel.EMAIL, text
    found = MOBILE.match(re.sub(r"[ \-().]", "", tidy(text)))
    if not found:
        raise ValidationError(
            _("Please enter an e-mail address or a Thai mobile number with ten digits."),
            code="bad_contact",
        )
    return ContactChannel.SMS, f"+66{found[1]}"


def _fits_an_envelope(address: str) -> bool:
    """What the standard allows and no relay takes: quoted names, signs that nobody sees."""
    name, _at, place = address.rpartition("@")
    try:
        place.encode("idna")
    except UnicodeError:
        return False
    return name.isascii() and name.isprintable() and '"' not in name


def masked_contact(digital_id: DigitalID) -> str:
    """Enough of the kept address to recognise one's own; "" where there is none."""
    for one in recipients_of(digital_id):
        if one.channel == ContactChannel.SMS:
            return f"…{one.address[-SHOWN_DIGITS:]}"
        name, _at, place = one.address.rpartition("@")
        return f"{name[:1]}…@{place}"
    return ""


@transaction.atomic
def change_contact(digital_id: DigitalID, *, channel: str, address: str, language: str) -> bool:
    """Hear there from now on; an empty address ends it. The former address is told that it was
    changed. Whether there was anything to change.
    """
    mine = DigitalID.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk)
    mine.select_for_update().get()  # of two changes at once the second tells the first's address
    before = recipients_of(digital_id)
    if (channel, address) == (before[0][:2] if before else ("", "")):
        return False
    _keep(digital_id, [Recipient(channel, address, language)] if address else [])
    notify_holder(digital_id, NoticeKind.CONTACT_CHANGED, to=before)
    record(
        Action.CONTACT_CHANGED,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id or digital_id.pk),
        channel=str(channel),
        previous=before[0].channel if before else "",
    )
    return True


def note_issued(
    digital_id: DigitalID, *, contact: tuple[str, str] | None, language: str
) -> HolderContact | None:
    """Within the transaction that issues a digital ID: keep where its holder wants to hear, and
    tell both that address and the former digital ID's, so that nobody replaces one in secret.

    `contact` is the (channel, address) that the enrollment was given, if any; without it the
    former one is handed on. The former digital ID's own inbox says it too.
    """
    earlier = DigitalID.objects.filter(number_key=digital_id.number_key).exclude(pk=digital_id.pk)
    former = earlier.order_by("issued_at").last()
    theirs = recipients_of(former) if former else []
    given = [Recipient(*contact, language)] if contact else []
    known = [one[:2] for one in theirs]
    if former:
        notify_holder(former, NoticeKind.REPLACED, to=theirs)
    kind = NoticeKind.RENEWED if former else NoticeKind.ISSUED
    notify_holder(digital_id, kind, to=[one for one in given if one[:2] not in known])
    HolderContact.objects.filter(number_key=digital_id.number_key).delete()
    return _keep(digital_id, given or [one._replace(language=language) for one in theirs])


def _keep(digital_id: DigitalID, recipients: list[Recipient]) -> HolderContact | None:
    """One address at most; the former one goes."""
    HolderContact.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk).delete()
    for one in recipients:
        contact = HolderContact(
            digital_id_id=digital_id.pk,
            number_key=digital_id.number_key,
            channel=one.channel,
            language=one.language,
        )
        contact.address = one.address
        contact.save(force_insert=True)
        return contact
    return None
