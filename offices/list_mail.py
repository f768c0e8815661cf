"""The mail with the link of somebody who was invited by a list, in both languages."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.sending.senders import Message
from core.sending.services import any_delivered, deliver_once
from core.templatetags.thai import people_time
from offices.account_news import LANGUAGES, SUBJECT
from offices.lists import secret_of
from offices.models import Invitation

SENTENCE = _(
    "You are to work as an officer at %(office)s. This link sets your password, once, until"
    " %(until)s; give it to nobody. If you expect none, do not open it and tell your office."
)


def mail_link(invitation_id: uuid.UUID, *, key: uuid.UUID) -> None:
    """Outside a transaction; the same key is sent once. A link that is over is not sent."""
    open_ones = Invitation.objects.filter(used_at=None, officer__is_active=True)
    open_ones = open_ones.filter(expires_at__gt=timezone.now()).exclude(listed=None)
    one = open_ones.select_related("officer__office").filter(pk=invitation_id).first()
    if one is None:
        return
    said, subjects = [], []
    for language in LANGUAGES:
        with override(language):
            office = one.officer.office.name if one.officer.office else ""
            subjects.append(str(SUBJECT))
            said.append(SENTENCE % {"office": office, "until": people_time(one.expires_at)})
    path = reverse("people:accept", args=[secret_of(one)])
    text = "\n\n".join([*said, f"{settings.PORTAL_ADDRESS}{path}"]) + "\n"
    message = Message(
        key=key, channel="email", to=one.officer.email, subject=" / ".join(subjects), text=text
    )
    deliver_once(message)
    if any_delivered([key]):
        Invitation.objects.filter(pk=one.pk).update(mailed_at=timezone.now())
