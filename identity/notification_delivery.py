"""The words of holders' notices, and the message that goes out: without personal data, without
links.
"""

import uuid

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.outages import is_outage
from core.sending.senders import Message, NotSent
from core.sending.services import any_delivered, deliver_once
from identity.models import HolderNotice, NoticeKind, NoticeOutcome
from identity.notifications import Recipient

SUBJECT = _("News about your digital ID")
NO_LINKS = _("We never send links and never ask for your password. Help line 1548.")
RENEWED = _("Your digital ID was issued anew. If it was not you, call 1548 at once.")
SENTENCES = {
    NoticeKind.ISSUED: _(
        "A digital ID was issued under your national ID number. If it was not you, call 1548 at"
        " once."
    ),
    NoticeKind.RENEWED: RENEWED,
    NoticeKind.REPLACED: RENEWED,
    NoticeKind.RENEWAL_BEGUN: _(
        "Somebody has begun to have your digital ID issued anew. If it was not you, call 1548."
    ),
    NoticeKind.REPLACEMENT_BEGUN: _(
        "Somebody has asked to replace your digital ID. If it was not you, stop it on your phone"
        " under Messages or call 1548."
    ),
    NoticeKind.REPLACEMENT_STOPPED: _("The replacement was stopped."),
    NoticeKind.DEVICE_ADDED: _(
        "A device was added to your digital ID. If it was not you, call 1548 at once."
    ),
    NoticeKind.DEVICE_REMOVED: _(
        "A device was removed from your digital ID. If it was not you, call 1548."
    ),
    NoticeKind.WALLET_ADDED: _(
        "Your digital ID was put into another wallet. If it was not you, call 1548 at once."
    ),
    NoticeKind.WALLET_REMOVED: _(
        "Your digital ID was taken back from another wallet. If it was not you, call 1548."
    ),
    NoticeKind.SUSPENDED: _("Your digital ID was suspended. It cannot be shown for now."),
    NoticeKind.SUSPENDED_BY_PHONE: _(
        "The help line 1548 suspended your digital ID after a call. It cannot be shown for now."
        " Open it to see how you put it in force again, or visit any registration office."
    ),
    NoticeKind.RESUMED: _(
        "Your digital ID is in force again. If it was not you, suspend it again at once, as a lost"
        " phone's, or call 1548."
    ),
    NoticeKind.RESUME_FAILED: _(
        "Somebody tried to put your digital ID in force again with a selfie, and it did not pass."
        " If it was not you, change the password and call 1548."
    ),
    NoticeKind.REVOKED: _("Your digital ID was revoked. It cannot be used any more."),
    NoticeKind.UPDATED: _("Your digital ID was brought up to date with the population register."),
    NoticeKind.UNLOCKS_FAILED: _(
        "Somebody entered a wrong password for your digital ID five times. If it was not you, call"
        " 1548."
    ),
    NoticeKind.FIRST_SIGN_IN: _(
        "Your digital ID was used to sign in to a service for the first time. If it was not you,"
        " call 1548."
    ),
    NoticeKind.FIRST_SHOWING: _(
        "Data of your digital ID were shown to a service for the first time. If it was not you,"
        " call 1548."
    ),
    NoticeKind.CONTACT_CHANGED: _(
        "Where messages about your digital ID go was changed. If it was not you, call 1548 at once."
    ),
    NoticeKind.END_ASKED: _(
        "Your digital ID ends in one day, as was asked for. If it was not you, keep it on your"
        " phone under Manage my digital ID, or call 1548 at once."
    ),
    NoticeKind.END_TAKEN_BACK: _("Your digital ID does not end: it was kept."),
    NoticeKind.DATA_COPIED: _(
        "A copy of your data was asked for. If it was not you, change the password and call 1548."
    ),
    NoticeKind.ANSWERED: _(
        "What you asked about your data has been answered. Read it with your digital ID."
    ),
    NoticeKind.SESSIONS_ENDED: _(
        "Your digital ID was locked in all other browsers. If it was not you, change the password."
    ),
    NoticeKind.PASSWORD_CHANGED: _(
        "The password of your digital ID was changed; fingerprint, face and PIN have ended with it."
        " If it was not you, call 1548 at once."
    ),
    NoticeKind.PASSKEY_ADDED: _(
        "Your digital ID now opens by fingerprint or face on a device. If it was not you, call 1548"
        " at once."
    ),
    NoticeKind.PASSKEY_REMOVED: _(
        "Your digital ID no longer opens by fingerprint or face on a device. If it was not you,"
        " call 1548."
    ),
    NoticeKind.PIN_SET: _(
        "Your digital ID now opens by a PIN on a device. If it was not you, call 1548 at once."
    ),
    NoticeKind.PIN_REMOVED: _(
        "Your digital ID no longer opens by a PIN on a device. If it was not you, call 1548."
    ),
    NoticeKind.PIN_ENDED: _(
        "Somebody entered a wrong PIN five times on your device. The PIN has ended; your password"
        " opens. If it was not you, call 1548."
    ),
}


def send_notification(notice: HolderNotice) -> NoticeOutcome:
    """Send what is still to be sent to each recipient. Outside a transaction.

    One address that cannot be reached keeps the message from no other; raises what its sender
    raised, and a second try sends nothing twice.
    """
    keys, problem = [], None
    for place, recipient in enumerate(notice.recipients or []):
        message = _message(notice, place, Recipient(*recipient))
        keys.append(message.key)
        try:
            deliver_once(message)
        except (NotSent, OSError) as error:
            problem = problem if is_outage(problem) else error
    if problem is not None:
        raise problem
    return NoticeOutcome.SENT if any_delivered(keys) else NoticeOutcome.NOT_SENT


def close_notice(notice_id: uuid.UUID, outcome: NoticeOutcome) -> None:
    """Note what became of the message, and forget whom it went to."""
    HolderNotice.objects.filter(pk=notice_id, outcome=NoticeOutcome.WAITING).update(
        outcome=outcome, done_at=timezone.now(), recipients_sealed=None
    )


def _message(notice: HolderNotice, place: int, recipient: Recipient) -> Message:
    """The key is the same at each try, and says nothing about the address."""
    with override(recipient.language):
        return Message(
            key=uuid.uuid5(notice.pk, str(place)),
            channel=recipient.channel,
            to=recipient.address,
            subject=str(SUBJECT),
            text=f"{SENTENCES[NoticeKind(notice.kind)]} {NO_LINKS}",
        )
