"""The citizen hears: news by e-mail or SMS, after the commit, once, without personal data."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from audit.actions import Action
from audit.services import Actor, record
from dopa_portal.outbox.services import enqueue
from dopa_portal.sending.senders import Message
from dopa_portal.sending.services import deliver_once
from identity.models import DigitalID
from registration.contacts import Contact, ContactChannel, Notice
from registration.models import Enrollment

TELL = "registration.tell"
NEWS = {
    "approve": _("Your registration has been approved. Please come back to set your password."),
    "pass_checks": _("Your registration has been approved. Please come back to set your password."),
    "ask_retake": _("We need a new photo from you. Please come back to take it."),
    "reject": _("Your registration could not be approved. Please come back to read why."),
    "renewed": _("Your digital ID was issued anew. If it was not you, call 1548 at once."),
}
SUBJECT = _("News about your digital ID registration")
# No link on purpose: people are taught not to follow links in messages of an authority.
HOW = _(
    "Open the D.DOPA portal as you did before; have your reference number ready. "
    "We never send links and never ask for your password. Help line 1548."
)
NO_LINKS = _("We never send links and never ask for your password. Help line 1548.")
MOBILE = re.compile(r"^(?:\+?66|0)([689]\d{8})$")


def clean_contact(text: str) -> tuple[str, str]:
    """(channel, address) of what the citizen typed; raises ValidationError."""
    text = text.strip()
    if "@" in text:
        validate_email(text)
        return ContactChannel.EMAIL, text
    found = MOBILE.match(re.sub(r"[ \-().]", "", text))
    if not found:
        raise ValidationError(
            _("Please enter an e-mail address or a Thai mobile number with ten digits."),
            code="bad_contact",
        )
    return ContactChannel.SMS, f"+66{found[1]}"


@transaction.atomic
def keep_contact(enrollment: Enrollment, *, channel: str, address: str, actor: Actor) -> None:
    """Where to tell this citizen from now on; an empty address forgets the former one."""
    Contact.objects.filter(pk=enrollment.pk).delete()
    if address:
        contact = Contact(enrollment=enrollment, channel=channel)
        contact.address = address
        contact.save(force_insert=True)
    record(Action.ENROLLMENT_CHANGED, enrollment, actor=actor, fields=["contact"])


def has_contact(enrollment: Enrollment) -> bool:
    return Contact.objects.filter(pk=enrollment.pk).exists()


def note_news(enrollment: Enrollment, move: str) -> None:
    """Within the transaction of a move: what there is to tell, to somebody who wants to hear."""
    if move in NEWS and has_contact(enrollment):
        notice = Notice.objects.create(
            enrollment=enrollment, move=move, state_since=enrollment.state_since
        )
        enqueue(TELL, notice.pk, after=settings.CITIZEN_TOLD_AFTER)


def note_renewal(enrollment: Enrollment, *, replaced: DigitalID | None) -> None:
    """Within the transaction of an activation: the news goes to where the holder of the replaced
    digital ID wanted to hear as well, so that nobody renews it in secret.
    """
    if not enrollment.renewal:
        return
    earlier = replaced.enrollment_id if replaced else None
    contacts = Contact.objects.filter(pk__in=[enrollment.pk, earlier]).select_related("enrollment")
    for contact in {contact.address: contact for contact in contacts}.values():
        notice = Notice.objects.create(
            enrollment=contact.enrollment,
            move="renewed",
            state_since=contact.enrollment.state_since,
        )
        enqueue(TELL, notice.pk)


def tell(notice: Notice) -> str:
    """Send a notice if it is still true; returns the outcome. Outside a transaction."""
    enrollment = notice.enrollment
    contact = Contact.objects.filter(pk=enrollment.pk).first()
    if contact is None or enrollment.state_since != notice.state_since:
        return "overtaken"
    with override(enrollment.language):
        message = Message(
            key=notice.pk,
            channel=contact.channel,
            to=contact.address,
            subject=str(SUBJECT),
            text=f"{NEWS[notice.move]} {NO_LINKS if notice.move == 'renewed' else HOW}",
        )
    return "sent" if deliver_once(message) else "not_sent"


def close_notice(notice: Notice, outcome: str) -> None:
    Notice.objects.filter(pk=notice.pk).update(outcome=outcome, done_at=timezone.now())
