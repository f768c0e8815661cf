"""Issuing a digital ID and binding the device that shows it."""

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from audit.actions import Action
from audit.services import Actor, record
from core.storage import delete_sealed, is_uuid, owns_files, save_sealed
from core.typing import Json
from identity.models import LIVE, Device, DigitalID, DigitalIDStatus, NoticeKind
from identity.notifications import notify_holder
from identity.person import Person
from identity.presentation import public_key_problem


class AlreadyIssued(Exception):
    """There is a live digital ID under this number."""


@owns_files
def with_a_row(names: Collection[str]) -> set[str]:
    ids = [last for name in names if is_uuid(last := name.rpartition(".")[2])]
    return set(DigitalID.objects.filter(pk__in=ids).values_list("portrait", flat=True))


def has_digital_id(number_key: uuid.UUID) -> bool:
    return DigitalID.objects.filter(number_key=number_key, status__in=LIVE).exists()


def digital_id_to_renew(number_key: uuid.UUID, *, lock: bool = False) -> DigitalID | None:
    """The one under this number that is in force, suspended or run out; a revoked one is none."""
    renewable = (*LIVE, DigitalIDStatus.EXPIRED)
    mine = DigitalID.objects.filter(number_key=number_key, status__in=renewable)
    return (mine.select_for_update() if lock else mine).order_by("issued_at").last()


@transaction.atomic
def issue_digital_id(
    number_key: uuid.UUID,
    *,
    holder: Person,
    photo: bytes,
    password: str,
    assurance: str,
    channel: str,
    office_code: str,
    enrollment_id: uuid.UUID,
    expires_on: datetime.date | None,
    sources: Mapping[str, Sequence[str]],
) -> DigitalID:
    """Write a new live digital ID; raises AlreadyIssued if the number has one.

    `password` is the Argon2id hash, `photo` a JPEG, `sources` says on whose word the attributes
    stand (identity.person.Source), which the log keeps. The photo is the digital ID's own copy: the
    evidence it came from is deleted in time.
    """
    digital_id = DigitalID(
        number_key=number_key,
        password=password,
        assurance=assurance,
        channel=channel,
        office_code=office_code,
        enrollment_id=enrollment_id,
        expires_on=expires_on,
    )
    digital_id.holder = holder
    digital_id.portrait = save_sealed(f"portrait.{digital_id.pk}", photo)
    try:
        with transaction.atomic():
            digital_id.save(force_insert=True)
    except IntegrityError as error:
        delete_sealed(digital_id.portrait)
        raise AlreadyIssued from error
    by_source: dict[str, Any] = {f"from_{source}": list(names) for source, names in sources.items()}
    actor = Actor.system("registration")
    record(Action.DIGITAL_ID_ISSUED, digital_id, actor=actor, **by_source)
    return digital_id


@transaction.atomic
def bind_device(
    digital_id: DigitalID,
    *,
    public_key: Json,
    name: str,
    actor: Actor,
    notice: NoticeKind | None = NoticeKind.DEVICE_ADDED,
) -> Device:
    """Let a device show the digital ID; raises ValueError if the key is not a public P-256 key.

    The holder is told by `notice`: by nothing where the issue that binds it is itself told.
    """
    problem = public_key_problem(public_key)
    if problem:
        raise ValueError(f"the device key is {problem}")
    device = Device.objects.create(
        number_key=digital_id.number_key,
        digital_id=digital_id,
        public_key={name: public_key[name] for name in ("kty", "crv", "x", "y")},
        name=name[:60],
    )
    record(Action.DEVICE_BOUND, digital_id, actor=actor, device=str(device.pk))
    if notice is not None:
        notify_holder(digital_id, notice, device=str(device.pk))
    return device
