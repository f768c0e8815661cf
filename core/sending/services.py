"""Handing a message over once, whatever happens to the worker that does it.

repeatable sender:  hand over -> note it. A worker killed between the two hands over again,
                    and the sender knows the key.
any other sender:   note it -> hand over. A worker killed between the two leaves a message of
                    which nobody can say whether it left: it is not sent again, for the
                    citizen's page says the same.
"""

import uuid
from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from core.sending.models import Delivery
from core.sending.senders import Message, NotSent, Sender
from core.thai_words import plain


def sender_for(channel: str) -> Sender | None:
    """The sender of a channel, None when the operator has set none."""
    name = settings.SENDERS.get(channel)
    return import_string(name)() if name else None


def deliver_once(message: Message) -> bool:
    """Hand the message over unless that was done before; returns whether it was done now.

    Call it outside a transaction: what it notes has to last. Raises what the sender raises.
    """
    sender = sender_for(message.channel)
    if sender is None:
        return False
    Delivery.objects.get_or_create(key=message.key)
    mine = Delivery.objects.filter(key=message.key, delivered_at=None)
    if sender.repeatable:
        if not mine.exists():
            return False
    elif not mine.filter(handed_over_at=None).update(handed_over_at=timezone.now()):
        return False
    try:
        sender.hand_over(_without_joiners(message))
    except NotSent:
        mine.update(handed_over_at=None)
        raise
    mine.update(delivered_at=timezone.now())
    return True


def _without_joiners(message: Message) -> Message:
    """Letters that nobody sees count in a message's length, and look odd elsewhere."""
    subject, text, html = map(plain, (message.subject, message.text, message.html))
    return replace(message, subject=subject, text=text, html=html)


def any_delivered(keys: Collection[uuid.UUID]) -> bool:
    """Whether one of these messages has been handed over, now or by a worker that died since."""
    return Delivery.objects.filter(key__in=keys, delivered_at__isnull=False).exists()
