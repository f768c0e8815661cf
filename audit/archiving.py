"""Months that leave the database: exported and signed, their hashes and heads kept.

The file's lines (audit.exports) stand in the order of the tree, so that `Seal.leaves`, the
half-open ranges of their places, says for each line which kept hash it has to have.
"""

import datetime
import gzip
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from audit.actions import Action
from audit.canonical import SEPARATOR, instant
from audit.exports import is_signed as is_manifest_signed
from audit.exports import leaf_of, signed_lines
from audit.inspection.reading import entries_numbered
from audit.keys import log_id, signing_key
from audit.merkle import leaf_hash
from audit.models import Entry, Seal, Tile
from audit.month_archives import is_signed, signed_bytes
from audit.proofs import NotProvable, head_of
from audit.services import Actor, record
from audit.tiles import WIDTH, split

TILES_AT_ONCE = 32
OPERATOR = Actor.system("audit seal")


class NotSealable(ValueError):
    """The month cannot be sealed, or the file is not what was sealed. The message says why."""


def seal_month(month: datetime.date, *, path: Path) -> Seal:
    """Write the month's entries to `path` (gzipped) and sign that they are those of the tree.

    `month` is its first day. Raises NotSealable for a month that is not over, that was sealed, or
    whose entries are not all under a signed head.
    """
    _refuse_unless_over(month)
    if Seal.objects.filter(month=month).exists():
        raise NotSealable("this month is sealed already")
    if path.exists():
        raise NotSealable("the file is there already")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT audit_make_month(%s)", [month])  # takes strays along
        draft = path.with_name(f"{path.name}.part")
        try:
            seal = _export(month, draft)
            seal.save(force_insert=True)
            name = f"{month:%Y-%m}"
            record(Action.AUDIT_SEALED, None, actor=OPERATOR, month=name, entries=seal.entries)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return seal


@transaction.atomic
def drop_month(month: datetime.date) -> int:
    """Remove the entries of a sealed month from the database; how many there were.

    The database itself refuses a month without a seal, or with entries the seal does not count.
    """
    seal = Seal.objects.get(month=month)
    if not is_signed(seal):
        raise NotSealable("the seal is not signed by this portal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_drop_month(%s)", [month])
        dropped = cursor.fetchone()[0]
    record(Action.AUDIT_DROPPED, None, actor=OPERATOR, month=f"{month:%Y-%m}", entries=dropped)
    return dropped


def check_sealed(path: Path) -> Seal:
    """The seal of a month's file, once each line is the leaf that the kept tree has there."""
    hashes, manifest = _read(path)
    month = datetime.date.fromisoformat(f"{manifest['month']}-01")
    seal = Seal.objects.filter(month=month).first()
    if seal is None or not is_signed(seal):
        raise NotSealable("there is no seal of this month signed by this portal")
    if manifest["sha256"] != bytes(seal.export_digest).hex():
        raise NotSealable("the file is not the one that was sealed")
    if hashes != list(_kept_hashes(seal.leaves)):
        raise NotSealable("the entries of the file are not those of the kept tree")
    return seal


def _read(path: Path) -> tuple[list[bytes], dict]:
    """The hashes of the file's leaves, and its manifest, which the portal has signed."""
    hashes, whole = [], {}
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                values = json.loads(line)
                if "manifest" in values:
                    whole = values
                else:
                    hashes.append(leaf_hash(leaf_of(line)))
        manifest, signature = whole["manifest"], bytes.fromhex(whole["signature"])
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as unreadable:
        raise NotSealable("this is no export of the log") from unreadable
    if not is_manifest_signed(manifest, signature):
        raise NotSealable("the file is not signed by this portal")
    return hashes, manifest


def bounds(month: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The month's first moment in Bangkok, and the first after it."""
    after = (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    lower, upper = (
        timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
        for day in (month.replace(day=1), after)
    )
    return lower, upper


def _refuse_unless_over(month: datetime.date) -> None:
    if month.day != 1 or bounds(month)[1] > timezone.now():
        raise NotSealable("only a month that is over can be sealed")


def _export(month: datetime.date, path: Path) -> Seal:
    lower, upper = bounds(month)
    try:
        head = head_of(None)
    except NotProvable as problem:
        raise NotSealable(str(problem)) from problem
    ranges: list[int] = []
    leaves = _leaves(instant(lower), instant(upper), ranges, end=head.tree_size)
    about = {"month": f"{month:%Y-%m}", "tree_size": head.tree_size}
    manifest = _write(path, signed_lines(leaves, about=about))
    if manifest["count"] != Entry.objects.filter(at__gte=lower, at__lt=upper).count():
        raise NotSealable("some entries of this month are not under a signed head yet")
    key = signing_key()
    seal = Seal(
        month=month,
        entries=manifest["count"],
        leaves=ranges,
        tree_size=head.tree_size,
        export_digest=bytes.fromhex(manifest["sha256"]),
        log_id=log_id(key.public_key()),
    )
    seal.signature = key.sign(signed_bytes(seal))
    return seal


def _write(path: Path, lines: Iterator[bytes]) -> dict:
    """Write the lines, gzipped and on the disk for good; the manifest in the last."""
    with path.open("wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
            for line in lines:
                file.write(line)
        raw.flush()
        os.fsync(raw.fileno())
    return json.loads(line)["manifest"]


def _leaves(lower: str, upper: str, ranges: list[int], *, end: int) -> Iterator[bytes]:
    """The leaves of [lower, upper) before leaf `end`, in order; their places into `ranges`."""
    for tile, entry_ids, hashes in _tiles(end):
        found = {stored.entry_id: stored for stored in entries_numbered(entry_ids)}
        for index, entry_id in enumerate(entry_ids):
            stored, place = found.get(entry_id), tile * WIDTH + index
            if stored is None or place >= end:
                continue
            at = stored.data.split(SEPARATOR.encode(), 3)[2].decode()
            if not lower <= at < upper:
                continue
            if stored.hash != hashes[index] or not stored.is_genuine():
                raise NotSealable(f"entry {entry_id} is not what was written: verify the log")
            _extend(ranges, place)
            yield stored.data


def _tiles(end: int) -> Iterator[tuple[int, list[int], list[bytes]]]:
    tiles = Tile.objects.filter(level=0, number__lt=-(-end // WIDTH)).order_by("number")
    rows = tiles.values_list("number", "entry_ids", "hashes").iterator(TILES_AT_ONCE)
    return ((number, ids, split(bytes(hashes))) for number, ids, hashes in rows)


def _extend(ranges: list[int], place: int) -> None:
    if ranges and ranges[-1] == place:
        ranges[-1] = place + 1
    else:
        ranges += [place, place + 1]


def _kept_hashes(ranges: list[int]) -> Iterator[bytes]:
    for first, end in zip(ranges[::2], ranges[1::2], strict=True):
        tiles = Tile.objects.filter(
            level=0, number__gte=first // WIDTH, number__lte=(end - 1) // WIDTH
        ).order_by("number")
        for tile in tiles.iterator(TILES_AT_ONCE):
            start = tile.number * WIDTH
            inside = slice(max(first - start, 0), end - start)
            yield from split(bytes(tile.hashes))[inside]
