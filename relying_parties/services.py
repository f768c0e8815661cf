"""The verbs: registering a relying party, agreeing, ending what was agreed."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.required import required
from identity.models import DigitalID, NoticeKind
from identity.notifications import notify_holder
from relying_parties.models import (
    AccessToken,
    AuthMethod,
    AuthorizationCode,
    Grant,
    RelyingParty,
)
from relying_parties.secrets import hash_of, new_secret


@transaction.atomic
def save_relying_party(
    relying_party: RelyingParty, *, actor: Actor, fields: list[str], new_key: bool = False
) -> str:
    """Register or change one; `fields` names what changed.

    Returns the new secret, to be shown once, where one was made: on registration or for `new_key`;
    else an empty text. A switched-off party's tokens stop at once.
    """
    is_new, secret = relying_party._state.adding, ""  # noqa: SLF001 - Django's own mark of a new row
    if is_new:
        host = urlsplit(relying_party.redirect_uris[0]).hostname
        relying_party.sector = required(host, "host of the address")
    if relying_party.auth_method == AuthMethod.SECRET and (
        new_key or not relying_party.secret_hash
    ):
        secret = new_secret()
        relying_party.secret_hash = hash_of(secret)
    relying_party.save()
    action = Action.VERIFIER_REGISTERED if is_new else Action.VERIFIER_CHANGED
    record(action, relying_party, actor=actor, fields=fields, new_secret=bool(secret))
    return secret


@transaction.atomic
def agree(digital_id: DigitalID, relying_party: RelyingParty, *, claims: list[str]) -> Grant:
    """Write down what the holder tells the relying party from now on; returns the live grant."""
    live = Grant.objects.select_for_update().filter(
        relying_party=relying_party, digital_id_key=digital_id.pk, ended_at=None
    )
    grant = live.first()
    if grant is None:
        grant = Grant(
            relying_party=relying_party,
            number_key=digital_id.number_key,
            digital_id_key=digital_id.pk,
        )
    grant.claims = claims
    grant.save()
    record(
        Action.SERVICE_AGREED,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id),
        relying_party=str(relying_party.pk),
        claims=claims,
    )
    return grant


def live_grant(digital_id: DigitalID, relying_party: RelyingParty) -> Grant | None:
    return Grant.objects.filter(
        relying_party=relying_party, digital_id_key=digital_id.pk, ended_at=None
    ).first()


@transaction.atomic
def end_grant(grant: Grant, *, digital_id: DigitalID) -> None:
    """The holder no longer agrees: tokens stop at once, the next sign-in asks anew."""
    Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=timezone.now())
    record(
        Action.SERVICE_ENDED,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id),
        relying_party=str(grant.relying_party_id),
    )


def note_sign_in(code: AuthorizationCode, digital_id: DigitalID) -> None:
    """One sign-in has been completed: the code is spent, and the holder will see it."""
    now, service = timezone.now(), code.grant.relying_party
    AuthorizationCode.objects.filter(pk=code.pk).update(used_at=now)
    first = Grant.objects.filter(pk=code.grant_id, used_at=None).update(used_at=now)
    if not first:
        Grant.objects.filter(pk=code.grant_id).update(used_at=now)
    record(
        Action.SERVICE_SIGNED_IN,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id),
        relying_party=str(service.pk),
        service_th=service.name_th,
        service_en=service.name_en,
        claims=code.claims,
    )
    if first:
        notify_first_use(digital_id, service, NoticeKind.FIRST_SIGN_IN)


def notify_first_use(digital_id: DigitalID, service: RelyingParty, kind: NoticeKind) -> None:
    """The holder hears of each service once, also over renewals. Its name stands in the inbox
    only: on a locked screen it would say where somebody goes.
    """
    notify_holder(
        digital_id,
        kind,
        once=service.pk,
        service_th=service.name_th,
        service_en=service.name_en,
    )


def stop_tokens(code: AuthorizationCode) -> None:
    """A code came a second time: stolen, so what it gave stops (RFC 6749, 4.1.2)."""
    AccessToken.objects.filter(code=code, revoked_at=None).update(revoked_at=timezone.now())
    relying_party = code.grant.relying_party
    record(Action.SERVICE_CODE_REUSED, relying_party, actor=Actor.system("sign-in for services"))
