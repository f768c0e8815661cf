"""Measure an import of the register beside a bare COPY of the same sealed columns, in one session.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.register_import 5000000

What is no longer needed is deleted on the way: about 0.9 GB of disk for each million rows.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER = "population_record"
COLUMNS = (
    "number_key, person_sealed, laser_key, office_code, status, birth_year, updated_at, row_digest"
)
PARTITIONS = 16
BLOCK = 2**20
LOOK_UPS = 1000
LOG_LINES = 10
MIB = 2**20


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


@dataclass
class Taken:
    """Seconds by the clock, and of CPU in this process, its children and PostgreSQL together.

    `peak` is the most memory that the command and its processes held at once, in bytes; `log` are
    its lines with the seconds at which they came.
    """

    clock: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    log: list[tuple[float, str]] = field(default_factory=list)


def measure(url: str, work: Callable[[Taken], None]) -> Taken:
    taken = Taken()
    own, database, started = own_cpu(), postgres_cpu(url), time.perf_counter()
    work(taken)
    taken.clock = time.perf_counter() - started
    time.sleep(0.5)  # the postmaster has to notice that a backend ended
    taken.cpu = own_cpu() - own + postgres_cpu(url) - database
    return taken


def manage(*arguments: object, taken: Taken | None = None) -> None:
    command = [sys.executable, "manage.py", *map(str, arguments), "--skip-checks"]
    taken, started = taken or Taken(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with process, watched(process.pid, taken):
        for line in process.stdout:
            taken.log.append((time.perf_counter() - started, line.strip()))
    if process.returncode:
        raise SystemExit(f"{arguments[0]} failed")


@contextmanager
def watched(pid: int, taken: Taken):
    """Note the most memory a process and its descendants hold together, ten times a second."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            taken.peak = max(taken.peak, memory(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def memory(pid: int) -> int:
    """Bytes that a process and its descendants hold; pages they share count in each."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = [
            child
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(memory(int(child)) for child in children)


def keep_sealed_rows(url: str, file: Path) -> None:
    """Write the register out as it lies there, empty it, and make a table like it."""
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        rows = f"SELECT {COLUMNS} FROM {REGISTER}"  # noqa: S608 - the names above
        out = f"COPY ({rows}) TO STDOUT (FORMAT BINARY)"
        with file.open("wb") as sink, cursor.copy(out) as copy:
            for block in copy:
                sink.write(block)
        cursor.execute(f"CREATE TABLE bare (LIKE {REGISTER}) PARTITION BY HASH (number_key)")
        cursor.execute(f"TRUNCATE {REGISTER}")
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


def look_ups(url: str) -> list[float]:
    """Milliseconds of look-ups by numbers' keys all over the register, each as the database took
    them, sorted.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        total = connection.execute(
            "SELECT sum(reltuples) FROM pg_class WHERE relname ~ %s", [f"^{REGISTER}_[0-9]+$"]
        ).fetchone()[0]
        share = min(100, 400 * LOOK_UPS / max(1, total))
        keys = connection.execute(
            f"SELECT number_key FROM {REGISTER} TABLESAMPLE BERNOULLI ({share}) LIMIT {LOOK_UPS}"  # noqa: S608 - names and numbers of our own
        ).fetchall()
        taken = []
        for key in keys:
            started = time.perf_counter()
            connection.execute(f"SELECT * FROM {REGISTER} WHERE number_key = %s", key)  # noqa: S608
            taken.append(time.perf_counter() - started)
    return sorted(1000 * seconds for seconds in taken)


def same_as_the_file(url: str) -> bool:
    """Whether the register's digest is the one of the file's chunks."""
    with psycopg.connect(url) as connection:
        file = connection.execute("SELECT sum(digest) FROM population_importchunk").fetchone()[0]
        table = connection.execute(f"SELECT sum(row_digest) FROM {REGISTER}").fetchone()[0]  # noqa: S608
    return int(file) % 2**64 == int(table) % 2**64


def main(rows: int) -> None:
    url = os.environ["DATABASE_URL"]
    manage("migrate", "--verbosity=0")
    manage("load_offices")
    with tempfile.TemporaryDirectory() as name:
        file, sealed = Path(name) / "register.csv", Path(name) / "sealed.copy"
        made = measure(url, lambda _: manage("make_population", rows, file))
        imported = measure(
            url, lambda taken: manage("import_population", file, "--workers", 2, taken=taken)
        )
        file.unlink()
        found, same = look_ups(url), same_as_the_file(url)
        keep_sealed_rows(url, sealed)
        copied = measure(url, lambda _: bare_copy(url, sealed))
    print("| | rows | seconds | rows/s | times bare COPY | CPU seconds | times bare COPY's |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for what, taken in (
        ("make_population", made),
        ("import_population, 2 workers", imported),
        ("bare COPY, same columns and key", copied),
    ):
        clock, cpu = taken.clock / copied.clock, taken.cpu / copied.cpu
        counts = f"{rows:,} | {taken.clock:.1f} | {rows / taken.clock:,.0f} | {clock:.2f}"
        print(f"| {what} | {counts} | {taken.cpu:.1f} | {cpu:.2f} |")
    tell(imported, found, same=same)


def tell(imported: Taken, found: list[float], *, same: bool) -> None:
    print(
        f"\nThe import's processes held {imported.peak / MIB:,.0f} MiB at most, together. "
        f"The register's digest is {'' if same else 'NOT '}that of the file.\n"
        f"A look-up by number takes {found[len(found) // 2]:.2f} ms (median of {len(found):,} all "
        f"over the register), {found[int(0.95 * len(found))]:.2f} ms (p95), {found[-1]:.2f} ms "
        f"(longest).\n{os.cpu_count()} CPUs; load average {os.getloadavg()[0]:.1f}.\n\n```"
    )
    lines = imported.log[:-1]
    for second, line in [*lines[:: max(1, len(lines) // LOG_LINES)], *imported.log[-2:]]:
        print(f"{second:7.0f} s  {line}")
    print("```")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)
