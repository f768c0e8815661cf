"""Measure an import of the register beside a bare COPY of the same sealed columns, in one session.

python -m dopa_portal.embedded exec --throwaway -- python scripts/bench_import.py 1000000
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = (
    "number_key, person_sealed, laser_key, office_code, status, birth_year, updated_at, row_digest"
)
PARTITIONS = 16
BLOCK = 2**20


def manage(*arguments: object) -> float:
    """Seconds a management command takes."""
    started = time.perf_counter()
    command = [sys.executable, "manage.py", *map(str, arguments), "--skip-checks"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def bare_copy(url: str, folder: Path) -> float:
    """Seconds to COPY the sealed rows into an empty table like the register and build its key."""
    file = folder / "sealed.copy"
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        rows = f"SELECT {COLUMNS} FROM identity_population"  # noqa: S608 - the names above
        out = f"COPY ({rows}) TO STDOUT (FORMAT BINARY)"
        with file.open("wb") as sink, cursor.copy(out) as copy:
            for block in copy:
                sink.write(block)
        cursor.execute(
            "CREATE TABLE bare (LIKE identity_population) PARTITION BY HASH (number_key)"
        )
        for part in range(PARTITIONS):
            cursor.execute(
                f"CREATE TABLE bare_{part} PARTITION OF bare "
                f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
            )
        started = time.perf_counter()
        into = f"COPY bare ({COLUMNS}) FROM STDIN (FORMAT BINARY)"
        with file.open("rb") as source, cursor.copy(into) as copy:
            while block := source.read(BLOCK):
                copy.write(block)
        cursor.execute("ALTER TABLE bare ADD PRIMARY KEY (number_key)")
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bare")
    return seconds


def look_up(url: str) -> float:
    """Milliseconds of a look-up by number's key in the database, the median of many."""
    with psycopg.connect(url, autocommit=True) as connection:
        keys = connection.execute(
            "SELECT number_key FROM identity_population TABLESAMPLE SYSTEM (1) LIMIT 500"
        ).fetchall()
        taken = []
        for key in keys:
            started = time.perf_counter()
            connection.execute("SELECT * FROM identity_population WHERE number_key = %s", key)
            taken.append(time.perf_counter() - started)
    return sorted(taken)[len(taken) // 2] * 1000


def main(rows: int) -> None:
    url = os.environ["DATABASE_URL"]
    manage("migrate", "--verbosity=0")
    manage("load_offices")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "register.csv"
        made = manage("make_population", rows, file)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        imported = manage("import_population", file, "--workers", 2)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        copied = bare_copy(url, folder)
    print("| | rows | seconds | rows/s | times bare COPY |\n|---|--:|--:|--:|--:|")
    for what, seconds in (
        ("make_population", made),
        ("import_population, 2 workers", imported),
        ("bare COPY, same columns and key", copied),
    ):
        ratio = seconds / copied
        print(f"| {what} | {rows:,} | {seconds:.1f} | {rows / seconds:,.0f} | {ratio:.2f} |")
    own = f"{peak / 1024:,.0f} MiB" if peak > before else f"below {before / 1024:,.0f} MiB"
    print(f"\nThe largest process of the import took {own}; a look-up takes {look_up(url):.2f} ms.")
    print(f"{os.cpu_count()} CPUs; load average {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
