"""Measure how a file of the pilot is taken over, beside the same work by objects and bulk_create.

python -m dopa_portal.embedded exec --throwaway -- python scripts/bench_pilot.py 100000

Both begin with the same file and an empty pilot, check it the same way, hash the numbers, find and
open the people in the register, compare, seal, and write the same rows into the same tables.
"""

import datetime
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import polars as pl
import ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from django.db import connection, transaction

from audit.services import Actor
from demo.population import write_population
from identity.models import DigitalID
from identity.numbers import number_key
from identity.passwords import hash_password
from offices.models import Office
from rollout.imports.services import begin
from rollout.imports.services import carry_out as import_register
from rollout.pilot.contract import read_pilot
from rollout.pilot.matching import Register
from rollout.pilot.models import MemberState, PilotImport, PilotMember
from rollout.pilot.services import PERSON, carry_out, new_digital_id

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
        register = Register(key for key, _ in batch)
        pairs = [pair_of(taken, register, key, row) for key, row in batch]
        issued = [digital_id for _, digital_id in pairs if digital_id]
        DigitalID.objects.bulk_create(issued)
        PilotMember.objects.bulk_create(member for member, _ in pairs)


def pair_of(
    taken: PilotImport, register: Register, key: uuid.UUID, row: dict
) -> tuple[PilotMember, DigitalID | None]:
    member = PilotMember(
        number_key=key,
        pilot_import=taken,
        office_id=row["office_code"],
        state=MemberState.EXPECTED,
        activated_on=datetime.date.fromisoformat(row["activated_on"]),
        expires_on=datetime.date.fromisoformat(row["expires_on"]) if row["expires_on"] else None,
        consent_version=row["consent_version"],
        device_name=row["device_name"],
        difference=register.difference(key, row),
    )
    if member.difference:
        member.state, member.password = MemberState.DIFFERS, row["password"]
        member.person = {name: row[name] for name in PERSON}
        return member, None
    issued = new_digital_id(member, person=register.person(key), password=row["password"])
    member.digital_id = issued.pk
    return member, issued


def forget() -> None:
    """An empty pilot again, its tables as small as before."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE rollout_pilotmember, rollout_pilotimport, identity_digitalid")


def quick(file: Path) -> None:
    done = carry_out(PilotImport.objects.create(file_name=file.name), file, actor=ACTOR)
    if done.state != "done":
        raise RuntimeError(done.message)


def measured(work: Callable[[Path], None], file: Path) -> float:
    """Seconds by the clock, best of two; what is in the tables at the end has to be the same."""
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
        taken = {what: measured(work, file) for what, work in ways.items()}
    slow = taken["objects and bulk_create"]
    print("| | people | seconds | us a person | times as fast |\n|---|--:|--:|--:|--:|")
    for what, seconds in taken.items():
        rate = f"{seconds:.2f} | {1e6 * seconds / people:.0f} | {slow / seconds:.1f}"
        print(f"| {what} | {people:,} | {rate} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
