"""Who is signed in before a service's request, and whether lately enough for it."""

import hashlib
import time

from django.http import HttpRequest

from identity import sessions
from identity.models import DigitalID, DigitalIDStatus
from relying_parties.demands import Demands

SIGNED_IN_FOR = "signed_in_for_request"
READING_SECONDS = 5 * 60


def unlocked(request: HttpRequest) -> DigitalID | None:
    """The digital ID that is unlocked here and in force."""
    digital_id = sessions.unlocked_by(request)
    in_force = digital_id and digital_id.effective_status == DigitalIDStatus.ACTIVE
    return digital_id if in_force else None


def signed_in(request: HttpRequest, demands: Demands) -> DigitalID | None:
    """The digital ID that is unlocked here and signed in as lately as is demanded."""
    digital_id = unlocked(request)
    if digital_id is None or signed_in_for(request):
        return digital_id
    longest = demands.max_age
    too_long_ago = longest is not None and not 0 <= since(request) <= longest
    return None if too_long_ago or "login" in demands.prompts else digital_id


def signed_in_for(request: HttpRequest) -> bool:
    """Whether the sign-in was made for this very request, and the page may still be being read."""
    for_this = request.session.get(SIGNED_IN_FOR) == mark_of(request)
    return for_this and since(request) <= READING_SECONDS


def since(request: HttpRequest) -> float:
    return time.time() - float(request.session[sessions.UNLOCKED_AT])


def mark_of(request: HttpRequest) -> str:
    """Stands for this request and this unlocking, whose holder another may follow."""
    who, when = (request.session[key] for key in (sessions.HOLDER, sessions.UNLOCKED_AT))
    return hashlib.sha256(f"{request.GET.urlencode()} {who} {when}".encode()).hexdigest()
