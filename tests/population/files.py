"""Small files of the register, and what has become of them."""

import csv
import gzip
from dataclasses import asdict
from pathlib import Path

from django.db import connection

from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from devstack.demo.specimens.people import make_people
from population.imports.contract import COLUMNS
from population.models import PopulationRecord

OFFICES = ("1206", "1001", "5001")


def staging_tables() -> set[str]:
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith("population_staging")}


def people(count: int, *, seed: int = 1) -> list[dict]:
    """Rows of the contract, the same for the same seed."""
    made = [asdict(person) for person in make_people(count, seed=seed, offices=OFFICES)]
    return [{name: row.get(name, "alive") for name in COLUMNS} for row in made]


def write(path: Path, rows: list[dict], *, encoding: str = "utf-8", end: str = "\n") -> Path:
    names = list(rows[0]) if rows else list(COLUMNS)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator=end)
        writer.writeheader()
        writer.writerows(rows)
    return path


def zipped(path: Path) -> Path:
    target = path.with_suffix(".csv.gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    return target


def register() -> dict:
    """Everything in the register that a run must bring back: by number's key."""
    rows = PopulationRecord.objects.values_list("number_key", "status", "office_code", "row_digest")
    return {key: rest for key, *rest in rows}


def work() -> None:
    """What a worker does until there is no job left."""
    while job := Job.objects.filter(state=JobState.READY).first():
        outbox.run(job.pk)
