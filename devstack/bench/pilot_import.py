"""Measure how a file of the pilot is taken over, beside the same work by objects and bulk_create.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.pilot_import 100000

Both begin with the same file and an empty pilot, check it the same way, hash the numbers, find and
open the people in the register, compare, seal, and write the same rows into the same tables.
"""

import datetime
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from django.db import connection, transaction

from audit.services import Actor
from devstack.demo.population import write_population
from identity.models import LIVE, DigitalID
from identity.numbers import number_key
from identity.passwords import hash_password
from identity.person import ISSUED, NOBODY, Person, RegisterStatus, differing
from offices.models import Office
from pilot.contract import PERSON, read_pilot
from pilot.models import Difference, MemberState, PilotImport, PilotMember
from pilot.services import run_import
from population.imports.services import begin
from population.imports.services import run_import as import_register
from population.models import PopulationRecord

ACTOR = Actor.system("bench")
AT_ONCE = 2000
DIFFERING = 100  # one person in so many has another name than the register
COPIED = ("number", "title_th", "first_name_th", "last_name_th", "birth_date", "office_code")


def write_pilot(register: Path, file: Path) -> None:
    """The register's people as a pilot's file."""
    people = pl.read_csv(register, infer_schema=False).select(COPIED)
    other = pl.int_range(pl.len()) % DIFFERING == 0
    name = pl.when(other).then(pl.lit("อื่น")).otherwise(pl.col("first_name_th"))
    people.with_columns(
        name.alias("first_name_th"),
        activated_on=pl.lit("2021-05-04"),
        expires_on=pl.lit("2030-11-30"),
        consent_version=pl.lit("2020-10-01"),
        device_name=pl.lit("Redmi 9"),
        password=pl.lit(hash_password("klong-toei 2564")),
    ).write_csv(file)


@transaction.atomic
def by_objects(file: Path) -> None:
    """What one would write first: models, one for each row, and bulk_create."""
    taken = PilotImport.objects.create(file_name=file.name)
    people, _ = read_pilot(file, offices=list(Office.objects.values_list("code", flat=True)))
    rows = people.to_dicts()
    for start in range(0, len(rows), AT_ONCE):
        batch = [(number_key(row["number"]), row) for row in rows[start : start + AT_ONCE]]
        keys = [key for key, _ in batch]
        register = PopulationRecord.objects.in_bulk(keys)
        live = DigitalID.objects.filter(number_key__in=keys, status__in=LIVE)
        issued = set(live.values_list("number_key", flat=True))
        pairs = [pair_of(taken, register.get(key), issued, key, row) for key, row in batch]
        DigitalID.objects.bulk_create(digital_id for _, digital_id in pairs if digital_id)
        PilotMember.objects.bulk_create(member for member, _ in pairs)


def pair_of(
    taken: PilotImport, record: PopulationRecord | None, issued: set, key: uuid.UUID, row: dict
) -> tuple[PilotMember, DigitalID | None]:
    person = record.person if record else NOBODY
    member = PilotMember(
        number_key=key,
        pilot_import=taken,
        office_id=row["office_code"],
        state=MemberState.EXPECTED,
        activated_on=datetime.date.fromisoformat(row["activated_on"]),
        expires_on=datetime.date.fromisoformat(row["expires_on"]) if row["expires_on"] else None,
        consent_version=row["consent_version"],
        device_name=row["device_name"],
        difference=difference(record, person, row, registered=key in issued),
    )
    if member.difference:
        member.state, member.password = MemberState.DIFFERS, row["password"]
        member.person = Person(**{name: row[name] for name in PERSON})
        return member, None
    digital_id = DigitalID(
        number_key=key,
        password=row["password"],
        assurance="IAL2.3",
        channel="office",
        office_code=row["office_code"],
        issued_at=f"{row['activated_on']} 00:00:00+07",
        expires_on=member.expires_on,
    )
    known = replace(person, expiry_date=row["expires_on"] or "lifelong")
    digital_id.holder = Person(**{name: getattr(known, name) for name in ISSUED})
    member.digital_id = digital_id.pk
    return member, digital_id


def difference(
    record: PopulationRecord | None, person: Person, row: dict, *, registered: bool
) -> str:
    if record is None:
        return Difference.NOT_IN_REGISTER
    if record.status != RegisterStatus.ALIVE:
        return Difference.NOT_ALIVE
    if registered:
        return Difference.REGISTERED
    if differing(person, Person.from_json(row), ("first_name_th", "last_name_th")):
        return Difference.NAME
    return "" if person.birth_date == row["birth_date"] else Difference.BIRTH_DATE


def forget() -> None:
    """An empty pilot again, its tables as small as before."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE pilot_pilotmember, pilot_pilotimport, identity_digitalid")


def quick(file: Path) -> None:
    done = run_import(PilotImport.objects.create(file_name=file.name), file, actor=ACTOR)
    if done.state != "done":
        raise RuntimeError(done.message_in_words)


def written() -> list[tuple]:
    """What stands in the tables in the end, ids and nonces aside."""
    members = PilotMember.objects.order_by("number_key")
    issued = DigitalID.objects.order_by("number_key")
    return [
        *members.values_list("number_key", "state", "difference", "activated_on", "expires_on"),
        *((one.number_key, one.issued_at, one.expires_on, one.holder) for one in issued[:1000]),
    ]


def measured(work: Callable[[Path], None], file: Path) -> float:
    """Seconds by the clock, the better of two."""
    seconds = []
    for _ in range(2):
        forget()
        began = time.perf_counter()
        work(file)
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def main(people: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("load_offices", verbosity=0)
    with tempfile.TemporaryDirectory() as name:
        register, file = Path(name) / "register.csv", Path(name) / "pilot.csv"
        write_population(register, people)
        run = begin(register, complete=False, resume=False)
        import_register(run, register, workers=2, actor=ACTOR)
        write_pilot(register, file)
        ways: dict[str, Callable[[Path], None]] = {
            "objects and bulk_create": by_objects,
            "import_pilot": quick,
        }
        taken, found = {}, []
        for what, work in ways.items():
            taken[what] = measured(work, file)
            found.append(written())
    if found[0] != found[1]:
        raise SystemExit("The two wrote different things.")
    slow = taken["objects and bulk_create"]
    print("| | people | seconds | us a person | times as fast |\n|---|--:|--:|--:|--:|")
    for what, seconds in taken.items():
        rate = f"{seconds:.2f} | {1e6 * seconds / people:.0f} | {slow / seconds:.1f}"
        print(f"| {what} | {people:,} | {rate} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
