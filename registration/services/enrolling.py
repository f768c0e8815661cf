"""Beginning an enrollment, coming back to it, handing it to another device, giving it up."""

import hashlib
import secrets
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.origin import current_origin
from core.typing import Json
from identity.numbers import number_key
from registration.errors import Refused, Unknown
from registration.models import Channel, Enrollment, Handoff, as_reference
from registration.services.admission import admit_start
from registration.services.gates import gates
from registration.services.moves import move


def hashed(secret: str) -> bytes:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


def start_enrollment(
    *,
    channel: str = Channel.SELF,
    language: str = "th",
    device: str = "",
    renewal: bool = False,
    former: tuple[str, uuid.UUID] | None = None,
    ticket: str = "",
    actor: Actor | None = None,
) -> tuple[Enrollment, str]:
    """A new enrollment and the bearer token that opens it; only the token's hash is kept.

    A renewal replaces the digital ID that its number has; `former` says how its holder was proven
    (registration.services.renewing.prove_former). Raises HasToWait where more come than can begin.
    """
    for gate in gates:
        gate.on_arrival(channel=channel, renewal=renewal)
    with transaction.atomic():
        for gate in gates:
            gate.before_start(channel=channel, renewal=renewal, ticket=ticket)
        origin = "" if channel == Channel.OFFICE else current_origin()
        if origin:
            admit_start()
        how, of_number = former or ("", None)
        values = {"channel": channel, "language": language, "renewal": renewal, "origin": origin}
        values |= {"former_proof": how, "former_number_key": of_number}
        return _begin(values, device=device, actor=actor)


def _begin(values: Json, *, device: str, actor: Actor | None) -> tuple[Enrollment, str]:
    """The row, its token and its entries in the log."""
    token = secrets.token_urlsafe(32)
    enrollment = Enrollment.objects.create(token_hash=hashed(token), **values)
    by = actor or Actor.citizen(enrollment.pk)
    told: Json = {"channel": enrollment.channel} | ({"device": device} if device else {})
    told |= {"renewal": True} if enrollment.renewal else {}
    record(Action.of("start"), enrollment, actor=by, **told)
    if enrollment.former_proof:
        record(
            Action.FORMER_PROVEN, enrollment, actor=by, how=enrollment.former_proof, renewal=True
        )
    return enrollment, token


@transaction.atomic
def accept_terms(enrollment: Enrollment, *, version: str, actor: Actor | None = None) -> Enrollment:
    """Agree to the terms now in force; an older version is refused: nobody agrees unseen."""
    if version != settings.TERMS_VERSION:
        raise Refused("terms_changed", _("The terms have changed. Please read them again."))
    moved = move(
        enrollment,
        "accept_terms",
        actor=actor or Actor.citizen(enrollment.pk),
        changes={"terms_version": version},
        version=version,
    )
    for gate in gates:
        gate.before_accept_terms(moved)
    return moved


def withdraw(enrollment: Enrollment) -> Enrollment:
    return move(enrollment, "withdraw", actor=Actor.citizen(enrollment.pk))


def enrollment_of_token(token: str) -> Enrollment | None:
    return Enrollment.objects.filter(token_hash=hashed(token)).first()


def resume_enrollment(*, reference: str, number: str) -> tuple[Enrollment, str]:
    """Come back to an enrollment by its reference and the citizen's number, which are no secrets:
    it shows where the case stands and takes what is asked for, but tells nothing that was given.

    A wrong reference, a wrong number and an enrollment whose number is not yet known all give the
    same answer, so that nothing can be found out by trying; that it was tried is in the log. The
    former token ends.
    """
    resumed = _resumed(as_reference(reference), number_key(number))
    if resumed is None:
        record(Action.ENROLLMENT_UNLOCK_FAILED, None, actor=Actor.anonymous())
        raise Unknown(
            "no_such_enrollment",
            _("No registration fits this reference and number. Please check both, or start again."),
        )
    return resumed


@transaction.atomic
def _resumed(reference: str, key: uuid.UUID) -> tuple[Enrollment, str] | None:
    found = Enrollment.objects.select_for_update().filter(reference=reference, number_key=key)
    enrollment = found.first()
    if enrollment is None:
        return None
    return enrollment, new_token(enrollment, how="reference", limited=True)


@transaction.atomic
def open_handoff(enrollment: Enrollment, *, actor: Actor | None = None) -> str:
    """A secret for a link that continues this enrollment on a phone: one use, ten minutes. Former
    links end: only the one that is shown now is worth anything.
    """
    now = timezone.now()
    Handoff.objects.filter(enrollment=enrollment, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_urlsafe(24)
    Handoff.objects.create(
        secret_hash=hashed(secret),
        enrollment=enrollment,
        expires_at=now + settings.HANDOFF_VALID_FOR,
    )
    by = actor or Actor.citizen(enrollment.pk)
    record(Action.HANDOFF_OPENED, enrollment, actor=by)
    return secret


def handoff_is_open(secret: str) -> bool:
    """Whether the link is good still; asking does not use it up."""
    links = Handoff.objects.filter(secret_hash=hashed(secret), used_at=None)
    return links.filter(expires_at__gt=timezone.now()).exists()


@transaction.atomic
def take_handoff(secret: str) -> Enrollment:
    """Use a hand-off link; raises Unknown if it was used, has run out or never was."""
    now = timezone.now()
    used = Handoff.objects.filter(
        secret_hash=hashed(secret), used_at=None, expires_at__gt=now
    ).update(used_at=now)
    if not used:
        raise Unknown(
            "handoff_gone", _("This link has been used or has run out. Please make a new one.")
        )
    enrollment = Handoff.objects.select_related("enrollment").get(pk=hashed(secret)).enrollment
    new_token(enrollment, how="handoff", limited=enrollment.token_limited)
    return enrollment


def new_token(enrollment: Enrollment, *, how: str, limited: bool) -> str:
    """Another token: whoever held the former one is out."""
    token = secrets.token_urlsafe(32)
    enrollment.token_hash, enrollment.token_limited = hashed(token), limited
    enrollment.save(update_fields=["token_hash", "token_limited"])
    record(Action.ENROLLMENT_RESUMED, enrollment, actor=Actor.citizen(enrollment.pk), how=how)
    return token


def find_enrollment(enrollment_id: uuid.UUID | str | None) -> Enrollment | None:
    """The enrollment a browser session names, if it is still there."""
    return Enrollment.objects.filter(pk=enrollment_id).first() if enrollment_id else None
