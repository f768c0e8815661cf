"""A wallet's answer, and the service that collects it: each once."""

import datetime
import json
import uuid

from authlib.common.urls import add_params_to_uri
from django.db import transaction
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.required import required
from core.typing import Json
from identity.models import NoticeKind
from relying_parties.models import Outcome, PresentationRequest, RelyingParty
from relying_parties.presentations.asking import QUERY
from relying_parties.presentations.checking import Fault, PresentationRefused, check
from relying_parties.secrets import hash_of, is_secret_of, new_secret
from relying_parties.services import notify_first_use

COLLECTED_WITHIN = datetime.timedelta(minutes=5)
KEPT = datetime.timedelta(days=1)


class RequestClosed(Exception):
    """Unknown, answered before, or too old."""


@transaction.atomic
def take_presentation(key: uuid.UUID, vp_token: str) -> str:
    """Judge the answer and keep what it tells for the service; returns where the holder's browser
    goes now, or an empty text. Raises RequestClosed, or PresentationRefused, which leaves the
    request open: whoever saw its code could send nonsense.
    """
    asked = _locked(key)
    presented = check(
        _only_presentation(vp_token),
        audience=str(asked.relying_party_id),
        nonce=asked.nonce,
        asked=asked.claims,
    )
    if not set(asked.needed_claims) <= set(presented.claims):
        raise PresentationRefused(Fault.MISSING)
    asked.told = presented.claims
    digital_id, service = presented.device.digital_id, asked.relying_party
    record(
        Action.PRESENTATION_SHOWN,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id or digital_id.pk),
        relying_party=str(service.pk),
        service_th=service.name_th,
        service_en=service.name_en,
        claims=list(presented.claims),
    )
    notify_first_use(digital_id, service, NoticeKind.FIRST_SHOWING)
    return _close(asked, Outcome.SHOWN)


@transaction.atomic
def decline(key: uuid.UUID) -> str:
    """The holder shows nothing; returns as take_presentation does. Raises RequestClosed."""
    asked = _locked(key)
    record(Action.PRESENTATION_DECLINED, asked.relying_party, actor=Actor.anonymous())
    return _close(asked, Outcome.DECLINED)


@transaction.atomic
def collect(key: uuid.UUID, relying_party: RelyingParty, *, response_code: str) -> Json | None:
    """What the service is told: `status`, and once `claims`. None where the request is not its own,
    or where the browser came back with another `response_code`: somebody else's (section 13.3).
    """
    mine = PresentationRequest.objects.select_for_update(of=["self"])
    asked = mine.filter(pk=key, relying_party=relying_party).first()
    if asked is None:
        return None
    if asked.outcome == Outcome.WAITING:
        return {"status": "waiting" if asked.is_open else "expired"}
    if asked.return_to and not is_secret_of(response_code, asked.response_code_hash):
        return None
    first = asked.collected_at is None
    answered = required(asked.answered_at, "time of the answer")
    late = answered + COLLECTED_WITHIN < timezone.now()
    if asked.outcome == Outcome.SHOWN and (late or not first):
        return {"status": "expired"}
    told = {} if asked.told is None else {"claims": asked.told}
    if first:
        _note_collected(asked)
    return {"status": asked.outcome} | told


def _note_collected(asked: PresentationRequest) -> None:
    """The service knows now, and what it was shown is kept no longer."""
    asked.told, asked.collected_at = None, timezone.now()
    asked.save(update_fields=["told_sealed", "collected_at"])
    record(
        Action.PRESENTATION_COLLECTED,
        asked.relying_party,
        actor=Actor.system("presentations to services"),
        outcome=asked.outcome,
    )


def _locked(key: uuid.UUID) -> PresentationRequest:
    rows = PresentationRequest.objects.select_for_update(of=["self"])
    asked = rows.select_related("relying_party").filter(pk=key).first()
    if asked is None or not asked.is_open or not asked.relying_party.enabled:
        raise RequestClosed
    return asked


def _close(asked: PresentationRequest, outcome: Outcome) -> str:
    code = new_secret()
    asked.outcome, asked.answered_at = outcome, timezone.now()
    asked.response_code_hash = hash_of(code)
    asked.save(update_fields=["outcome", "answered_at", "response_code_hash", "told_sealed"])
    if not asked.return_to:
        return ""
    return str(add_params_to_uri(asked.return_to, {"response_code": code}))


def _only_presentation(vp_token: str) -> str:
    """The one SD-JWT of a vp_token: a JSON object of lists by the query's id (section 8.1)."""
    try:
        said = json.loads(vp_token)
    except (ValueError, RecursionError) as error:
        raise PresentationRefused(Fault.FORM) from error
    found = said.get(QUERY) if isinstance(said, dict) and len(said) == 1 else None
    if not (isinstance(found, list) and len(found) == 1 and isinstance(found[0], str)):
        raise PresentationRefused(Fault.FORM)
    return found[0]
