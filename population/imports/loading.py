"""Loads a file into a run's staging table: chunks side by side, each exactly once."""

import multiprocessing
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import count, islice

from django.db import IntegrityError, connection, transaction
from django.db.models import Sum, Value

from identity.numbers import number_key
from offices.models import Office
from population.imports.checking import check_chunk
from population.imports.contract import Chunk
from population.imports.formats import FileFormat
from population.imports.processes import be_worker
from population.imports.reading import Start, read_chunks
from population.imports.sealing import COPIED, copy_rows
from population.imports.sources import Source
from population.imports.throttling import portal_is_busy
from population.models import ImportChunk, ImportRun, RejectedRow, RunState


def load_chunks(run: ImportRun, source: Source, *, workers: int) -> Generator[None]:
    """Load what is not loaded yet, `workers` chunks at a time; with 0 in this process.

    Comes back after each: whoever asks no further stops it. Raises BadFile; chunks loaded before
    stay in the staging table, out of sight.
    """
    done = set(run.chunks.values_list("number", flat=True))
    start = start_after(run, done)
    written = FileFormat(**run.file_format)
    chunks = read_chunks(source, start=start, file_format=written)
    waiting = (chunk for chunk in chunks if chunk.number not in done)
    if workers == 0:
        for chunk in waiting:
            load_chunk(run.pk, chunk)
            yield
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=be_worker) as pool:
        try:
            yield from _side_by_side(pool, waiting, run=run, at_once=workers + 1)
        finally:
            pool.shutdown(cancel_futures=True)


def start_after(run: ImportRun, done: set[int]) -> Start:
    """The first chunk that is missing, and the lines before it."""
    number = next(number for number in count() if number not in done)
    lines = (Sum(name, default=0) for name in ("rows", "rejected", "blank"))
    before = run.chunks.filter(number__lt=number).aggregate(lines=sum(lines, Value(0)))
    return Start(number, before["lines"])


def _side_by_side(
    pool: ProcessPoolExecutor, waiting: Iterator[Chunk], *, run: ImportRun, at_once: int
) -> Iterator[None]:
    """Keep few chunks in flight: they are what the memory is spent on, and what others wait for."""
    in_flight: set[Future[None]] = set()
    while True:
        room = (1 if portal_is_busy() else at_once) - len(in_flight)
        more = islice(waiting, max(room, 0))
        in_flight |= {pool.submit(load_chunk, run.pk, chunk) for chunk in more}
        if not in_flight:
            return
        finished, in_flight = wait(in_flight, return_when=FIRST_COMPLETED)
        for future in finished:
            yield future.result()


def load_chunk(run_id: object, chunk: Chunk) -> None:
    """Check, seal and COPY one chunk with its ledger row, in one transaction.

    A second delivery of the same chunk, or one for a run that is given up, changes nothing.
    """
    offices = _office_codes()
    good, rejected = check_chunk(chunk, offices=offices)
    by_office = dict(good["office_code"].value_counts().iter_rows())
    blocks, digest = copy_rows(good)
    with transaction.atomic():
        run = _held(run_id)
        if run is None or not _enter(run, chunk, by_office, len(rejected), digest):
            return
        known = frozenset(offices)
        RejectedRow.objects.bulk_create(
            RejectedRow(
                run=run,
                line=one.line,
                reason=one.reason,
                office_code=one.office if one.office in known else "",
                number_key=number_key(one.number) if one.number else None,
            )
            for one in rejected
        )
        columns = ", ".join(COPIED)
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {run.staging} ({columns}) FROM STDIN (FORMAT BINARY)") as copy,
        ):
            for block in blocks:
                copy.write(block)


def _held(run_id: object) -> ImportRun | None:
    """The run, kept from being cancelled until the transaction ends; None if it is not loading.

    A pause lets the chunk in hand finish. KEY SHARE lets chunks and the counting go on side by
    side, and stops only FOR UPDATE, which cancelling takes before it drops the staging table.
    """
    states = (RunState.LOADING, RunState.PAUSED)
    held = ImportRun.objects.raw(
        "SELECT * FROM population_importrun WHERE id = %s AND state = ANY(%s) FOR KEY SHARE",
        [run_id, list(states)],
    )
    return next(iter(held), None)


def _enter(
    run: ImportRun, chunk: Chunk, by_office: dict[str, int], rejected: int, digest: int
) -> bool:
    """Write the chunk's ledger row; False when another process was first."""
    rows = sum(by_office.values())
    entry = ImportChunk(
        run=run,
        number=chunk.number,
        rows=rows,
        rejected=rejected,
        blank=chunk.lines - rows - rejected,
        size=chunk.size,
        digest=digest,
        by_office=by_office,
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _office_codes() -> list[str]:
    return list(Office.objects.values_list("code", flat=True))
