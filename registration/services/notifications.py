"""The citizen hears: news by e-mail or SMS, after the commit, once, without personal data."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from audit.actions import Action
from audit.services import Actor, record
from core.outbox.services import enqueue
from core.sending.senders import Message
from core.sending.services import deliver_once
from identity.contacts import note_issued
from identity.models import DigitalID
from registration.models import Contact, Enrollment, Notice
from registration.services.renewing import note_begun

NOTIFY = "registration.tell"
NEWS = {
    "approve": _("Your registration has been approved. Please come back to set your password."),
    "pass_checks": _("Your registration has been approved. Please come back to set your password."),
    "ask_retake": _("We need a new photo from you. Please come back to take it."),
    "appeal": _("Your appeal has arrived. Officers of another province look at it."),
    "reject": _("Your registration could not be approved. Please come back to read why."),
}
NEWS_OF_APPEAL = {
    "approve": _("Your appeal was granted. Please come back to set your password."),
    "reject": _("Your appeal has been decided. Please come back to read the answer."),
}
SUBJECT = _("News about your digital ID registration")
# No link on purpose: people are taught not to follow links in messages of an authority.
HOW = _(
    "Open the D.DOPA portal as you did before; have your reference number ready. "
    "We never send links and never ask for your password. Help line 1548."
)


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


def queue_notification(enrollment: Enrollment, move: str) -> None:
    """Within the transaction of a move: what there is to tell, to somebody who wants to hear; and
    of a renewal, once its number is known, to whoever holds the digital ID.
    """
    if move == "confirm_data":
        note_begun(enrollment)
    if move in NEWS and has_contact(enrollment):
        notice = Notice.objects.create(
            enrollment=enrollment, move=move, state_since=enrollment.state_since
        )
        enqueue(NOTIFY, notice.pk, after=settings.CITIZEN_TOLD_AFTER)


def note_issue(enrollment: Enrollment, digital_id: DigitalID) -> None:
    """Within the transaction of an activation: from here on news hangs on the digital ID, whose
    copy of the address outlives the enrollment's evidence.
    """
    contact = Contact.objects.filter(pk=enrollment.pk).first()
    note_issued(
        digital_id,
        contact=(contact.channel, contact.address) if contact else None,
        language=enrollment.language,
    )


def send_notification(notice: Notice) -> str:
    """Send a notice if it is still true; returns the outcome. Outside a transaction."""
    enrollment = notice.enrollment
    contact = Contact.objects.filter(pk=enrollment.pk).first()
    untrue = enrollment.state_since != notice.state_since or notice.move not in NEWS
    if contact is None or untrue:
        return "overtaken"
    news = NEWS | (NEWS_OF_APPEAL if enrollment.appealed else {})
    with override(enrollment.language):
        message = Message(
            key=notice.pk,
            channel=contact.channel,
            to=contact.address,
            subject=str(SUBJECT),
            text=f"{news[notice.move]} {HOW}",
        )
    return "sent" if deliver_once(message) else "not_sent"


def close_notice(notice: Notice, outcome: str) -> None:
    Notice.objects.filter(pk=notice.pk).update(outcome=outcome, done_at=timezone.now())
