"""Measure an import of the register beside a bare COPY of the same sealed columns, in one session.

python -m dopa_portal.embedded exec --throwaway -- python scripts/bench_import.py 1000000
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = (
    "number_key, person_sealed, laser_key, office_code, status, birth_year, updated_at, row_digest"
)
PARTITIONS = 16
BLOCK = 2**20


def postgres_cpu(url: str) -> float:
    """CPU seconds of all backends of the server that have ended."""
    with psycopg.connect(url) as connection:
        backend = connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        postmaster = process_fields(backend)[1]
        fields = process_fields(postmaster)
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def process_fields(pid: object) -> list[str]:
    """The fields of /proc/PID/stat from the third on, see proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def own_cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of CPU in this process, its children and PostgreSQL together."""

    clock: float
    cpu: float


def measure(url: str, work: Callable[[], None]) -> Taken:
    own, database, started = own_cpu(), postgres_cpu(url), time.perf_counter()
    work()
    clock = time.perf_counter() - started
    time.sleep(0.5)  # the postmaster has to notice that a backend ended
    return Taken(clock, own_cpu() - own + postgres_cpu(url) - database)


def manage(*arguments: object) -> None:
    command = [sys.executable, "manage.py", *map(str, arguments), "--skip-checks"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def keep_sealed_rows(url: str, file: Path) -> None:
    """Write the register out as it lies there, and make an empty table like it."""
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


def bare_copy(url: str, file: Path) -> None:
    """COPY the sealed rows into the empty table and build its key."""
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        into = f"COPY bare ({COLUMNS}) FROM STDIN (FORMAT BINARY)"
        with file.open("rb") as source, cursor.copy(into) as copy:
            while block := source.read(BLOCK):
                copy.write(block)
        cursor.execute("ALTER TABLE bare ADD PRIMARY KEY (number_key)")


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
        made = measure(url, lambda: manage("make_population", rows, file))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        imported = measure(url, lambda: manage("import_population", file, "--workers", 2))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        keep_sealed_rows(url, folder / "sealed.copy")
        copied = measure(url, lambda: bare_copy(url, folder / "sealed.copy"))
    print("| | rows | seconds | rows/s | times bare COPY | CPU seconds |")
    print("|---|--:|--:|--:|--:|--:|")
    for what, taken in (
        ("make_population", made),
        ("import_population, 2 workers", imported),
        ("bare COPY, same columns and key", copied),
    ):
        ratio, rate = taken.clock / copied.clock, rows / taken.clock
        counts = f"{rows:,} | {taken.clock:.1f} | {rate:,.0f} | {ratio:.2f} | {taken.cpu:.1f}"
        print(f"| {what} | {counts} |")
    own = f"{peak / 1024:,.0f} MiB" if peak > before else f"below {before / 1024:,.0f} MiB"
    print(f"\nThe largest process of the import took {own}; a look-up takes {look_up(url):.2f} ms.")
    print(f"{os.cpu_count()} CPUs; load average {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
