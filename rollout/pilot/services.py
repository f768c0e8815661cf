"""Takes a file of the pilot over: matched people get their digital ID, the others an officer."""

import datetime
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from dopa_portal.encryption import lookup_hashes
from identity.models import DigitalID
from offices.models import Office
from registration.errors import Refused
from registration.services.activation import ASSURANCE, HOLDER_FIELDS, LIFELONG
from rollout.imports.contract import BadFile
from rollout.pilot.contract import MOST_PEOPLE, NAMES, read_pilot
from rollout.pilot.copying import copy_rows
from rollout.pilot.matching import Register, in_batches
from rollout.pilot.models import MemberState, PilotImport, PilotImportState, PilotMember

OFFICE = "office"
PERSON = ("number", *NAMES, "birth_date")
COUNTS = ("rows", "matched", "differing", "already_there", "rejected")


def carry_out(pilot_import: PilotImport, path: Path, *, actor: Actor) -> PilotImport:
    """All of the file in one transaction: killed anywhere, nothing has happened.

    A person who is there already, from this or another file, is left as they are. A file that
    cannot be taken over ends the import as failed, with the reason in its message.
    """
    if pilot_import.state != PilotImportState.WAITING:
        return pilot_import
    try:
        with transaction.atomic():
            _take_over(pilot_import, path, actor=actor)
    except BadFile as problem:
        _fail(pilot_import, str(problem), actor=actor)
    except IntegrityError:
        _fail(pilot_import, "Somebody in the file registered meanwhile. Start anew.", actor=actor)
    return pilot_import


def _take_over(pilot_import: PilotImport, path: Path, *, actor: Actor) -> None:
    with connection.cursor() as cursor:
        # Two files at once would both find somebody missing.
        cursor.execute("LOCK TABLE rollout_pilotmember IN SHARE ROW EXCLUSIVE MODE")
    pilot_import.refresh_from_db()
    if pilot_import.state != PilotImportState.WAITING:
        return
    offices = list(Office.objects.values_list("code", flat=True))
    people, rejected = read_pilot(path, offices=offices)
    known = set(PilotMember.objects.values_list("number_key", flat=True))
    keys = lookup_hashes((n.encode() for n in people["number"]), kind="national-number")
    rows = list(zip((uuid.UUID(bytes=key) for key in keys), people.to_dicts(), strict=True))
    fresh = [(key, row) for key, row in rows if key not in known]
    if len(known) + len(fresh) > MOST_PEOPLE:
        raise BadFile(f"With this file the pilot would have more than {MOST_PEOPLE:,} people.")
    pilot_import.rows = len(rows) + len(rejected)
    pilot_import.already_there = len(rows) - len(fresh)
    pilot_import.rejected = len(rejected)
    pilot_import.rejected_lines = [[one.line, one.reason] for one in rejected]
    for batch in in_batches(fresh):
        _take_over_batch(pilot_import, batch)
    pilot_import.state, pilot_import.finished_at = PilotImportState.DONE, timezone.now()
    pilot_import.save()
    counts = {name: getattr(pilot_import, name) for name in COUNTS}
    record(Action.PILOT_IMPORTED, pilot_import, actor=actor, **counts)


def _take_over_batch(pilot_import: PilotImport, rows: list[tuple[uuid.UUID, dict]]) -> None:
    register = Register(key for key, _row in rows)
    members, issued = [], []
    for key, row in rows:
        member = _member(pilot_import, key, row)
        member.difference = register.difference(key, row)
        if member.difference:
            member.state, member.password = MemberState.DIFFERS, row["password"]
            member.person = {name: row[name] for name in PERSON}
        else:
            digital_id = new_digital_id(
                member, person=register.person(key), password=row["password"]
            )
            member.digital_id = digital_id.pk
            issued.append(digital_id)
        members.append(member)
    copy_rows(DigitalID, issued)
    copy_rows(PilotMember, members)
    pilot_import.matched += len(issued)
    pilot_import.differing += len(members) - len(issued)


def _member(pilot_import: PilotImport, key: uuid.UUID, row: dict) -> PilotMember:
    expires = row["expires_on"]
    return PilotMember(
        number_key=key,
        pilot_import=pilot_import,
        office_id=row["office_code"],
        state=MemberState.EXPECTED,
        activated_on=datetime.date.fromisoformat(row["activated_on"]),
        expires_on=datetime.date.fromisoformat(expires) if expires else None,
        consent_version=row["consent_version"],
        device_name=row["device_name"],
    )


def new_digital_id(member: PilotMember, *, person: dict, password: str) -> DigitalID:
    """The member's digital ID as the register names them, not saved.

    It has no portrait and no device: those of the pilot are not taken over.
    """
    midnight = datetime.datetime.combine(member.activated_on, datetime.time.min)
    digital_id = DigitalID(
        number_key=member.number_key,
        password=password,
        assurance=ASSURANCE[OFFICE],
        channel=OFFICE,
        office_code=member.office_id,
        issued_at=timezone.make_aware(midnight),
        expires_on=member.expires_on,
    )
    expiry = member.expires_on.isoformat() if member.expires_on else LIFELONG
    known = person | {"expiry_date": expiry}
    digital_id.holder = {name: known.get(name, "") for name in HOLDER_FIELDS}
    return digital_id


def _fail(pilot_import: PilotImport, message: str, *, actor: Actor) -> None:
    pilot_import.refresh_from_db()
    pilot_import.state, pilot_import.message = PilotImportState.FAILED, message[:300]
    pilot_import.finished_at = timezone.now()
    with transaction.atomic():
        pilot_import.save()
        record(Action.PILOT_IMPORTED, pilot_import, actor=actor, state=pilot_import.state.value)


@transaction.atomic
def take_back(pilot_import: PilotImport, *, actor: Actor) -> None:
    """Undo a file as long as none of its people has come back and no officer has decided."""
    locked = PilotImport.objects.select_for_update().get(pk=pilot_import.pk)
    members = list(locked.members.select_for_update())
    touched = any(one.terms_accepted_at or one.decided_at for one in members)
    if locked.state != PilotImportState.DONE or touched:
        raise Refused(
            "cannot_take_back",
            _("People of this file have come back or been decided on. It can no longer be undone."),
        )
    _delete_issued(members)
    locked.members.all().delete()
    locked.state = PilotImportState.TAKEN_BACK
    locked.save(update_fields=["state"])
    record(Action.PILOT_TAKEN_BACK, locked, actor=actor, people=len(members))


def _delete_issued(members: Iterable[PilotMember]) -> None:
    issued = {one.number_key: one.digital_id for one in members if one.digital_id}
    for batch in in_batches(list(issued.items())):
        keys, ids = zip(*batch, strict=True)
        DigitalID.objects.filter(number_key__in=keys, pk__in=ids).delete()
