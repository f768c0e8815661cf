"""What somebody who works here is told by e-mail about the own account, and about changes that take
two: that it happened, never who did it or why, and without a link.
"""

import uuid

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.outbox.services import enqueue
from core.sending.senders import Message
from core.sending.services import deliver_once
from core.typing import StrOrPromise
from offices.models import Officer

INVITED, OFF, ON, RIGHTS = (
    "offices.tell_invited", "offices.tell_off", "offices.tell_on", "offices.tell_rights",
)  # fmt: skip
# Of a change that takes two.
ASKED, ANSWERED, LAPSED = "offices.tell_asked", "offices.tell_answered", "offices.tell_lapsed"
LINK = "offices.mail_link"  # of a list (offices.list_mail), and the one mail with a link
SUBJECT = _("Your account at the D.DOPA portal")
SENTENCES: dict[str, StrOrPromise] = {
    INVITED: _(
        "A link to set a password for your account was made. It is handed to you in person. If you"
        " expect none, tell your supervisor at once."
    ),
    OFF: _("Your account was switched off. Ask your supervisor if you did not expect this."),
    ON: _("Your account was switched on again. If you did not expect this, tell your supervisor."),
    RIGHTS: _(
        "Your role or your office was changed. If you did not expect this, tell your supervisor."
    ),
    ASKED: _(
        "A change waits for your answer until this time tomorrow. You find it in the portal under"
        " Changes that take two."
    ),
    ANSWERED: _(
        "A change that you asked for was answered. You find the answer in the portal under Changes"
        " that take two."
    ),
    LAPSED: _(
        "A change that you asked for was not answered within a day, so nothing was changed. You"
        " find it in the portal under Changes that take two."
    ),
}
OF_CHANGES = _("A change that takes two at the D.DOPA portal")
SUBJECTS: dict[str, StrOrPromise] = dict.fromkeys((ASKED, ANSWERED, LAPSED), OF_CHANGES)
LANGUAGES = ("th", "en")  # an account has none of its own: the mail says it in both


def tell(officer: Officer, kind: str) -> None:
    """In the transaction of what is told."""
    enqueue(kind, officer.pk)


def send_news(kind: str, *, officer_id: uuid.UUID, key: uuid.UUID) -> None:
    """Outside a transaction; the same key is sent once."""
    officer = Officer.objects.filter(pk=officer_id).first()
    if officer is None:
        return
    said, subjects = [], []
    for language in LANGUAGES:
        with override(language):
            subjects.append(str(SUBJECTS.get(kind, SUBJECT)))
            said.append(str(SENTENCES[kind]))
    subject, text = " / ".join(subjects), "\n\n".join(said) + "\n"
    message = Message(key=key, channel="email", to=officer.email, subject=subject, text=text)
    deliver_once(message)
