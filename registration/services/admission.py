"""Who is let in when many come: before anything is decoded, and before the queue is long.

Shares and quotas hang on the network a request comes from (core.origin), on the enrollment only
beside it: enrollments are begun at will.
"""

import math
import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from core.come_again import tell_to_come_again
from core.origin import current_origin
from core.outbox.turns import seconds_to_wait
from core.rate_limit import Crowded, TooMany, allowed, seconds_left
from registration.models import Enrollment
from registration.states import State

BEFORE_DATA = (State.STARTED, State.CONSENTED, State.CARD_CAPTURED)
BEGUN_WITHIN = timedelta(days=1)
AGAIN_SECONDS = 600


def admit_pictures(enrollment_id: uuid.UUID, *, size: int) -> None:
    """Raises TooMany where the bytes of an hour are used up, by the enrollment, its network or all;
    Crowded where the answer would take too long. Work that no request asks for is let in.
    """
    origin = current_origin()
    if not origin:
        return
    everybody = ("bytes_in_all", "all")
    for scope, who in (("bytes", enrollment_id.hex), ("bytes_of_network", origin), everybody):
        if not allowed(scope, who, amount=size):
            kind = Crowded if (scope, who) == everybody else TooMany
            raise kind(wait=seconds_left(scope))
    wait = seconds_to_wait() - settings.QUEUE_AT_MOST.total_seconds()
    if wait > 0:
        raise tell_to_come_again(math.ceil(wait) + 1)


def admit_start() -> None:
    """Raises TooMany or Crowded where too many enrollments stand begun, whose number is not known
    yet: by this network, or in all.
    """
    origin = current_origin()
    if not origin:
        return
    begun = Enrollment.objects.filter(
        state__in=BEFORE_DATA, created_at__gte=timezone.now() - BEGUN_WITHIN
    ).exclude(origin="")
    if begun.filter(origin=origin).count() >= settings.BEGUN_AT_MOST_OF_NETWORK:
        raise TooMany(wait=AGAIN_SECONDS)
    if begun[settings.BEGUN_AT_MOST_IN_ALL - 1 :].exists():
        raise Crowded(wait=AGAIN_SECONDS)
