"""A search as a file: entries.csv for people, proof.json for whoever doubts it.

The CSV has a sentence and then the fields of each entry's leaf, so that a row gives the leaf again.
A cell that a spreadsheet would take for a formula (core.tables) gets an apostrophe in front, and so
does one that begins with an apostrophe; whoever reads takes it off.

proof.json is a signed manifest (the filter, the number and the digest of the CSV, the head) and the
way of each row to the head's root. docs/check_audit_search.py checks both without this project.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit.canonical import FIELDS, LEAF_SQL, SEPARATOR, instant
from audit.heads import fields_of
from audit.keys import log_id, signing_key
from audit.merkle import inclusion_path
from audit.models import Entry, Head
from audit.proofs import NotProvable, head_of, leaf_index
from audit.search.query import Search
from audit.search.sentences import said
from audit.tiles import Tree
from core.tables import BYTE_ORDER_MARK, FORMULA
from core.thai_words import plain
from core.typing import Json

FORMAT = "dopa-audit-search-1"
PREFIX = b"dopa-audit-search-1\n"  # neither a head nor an export of days begins so
MARKED = (*FORMULA, "'")
COLUMNS = ("sentence", "format", *FIELDS)
LEAVES = f"SELECT id, {LEAF_SQL} FROM audit_entry WHERE id = ANY(%s) AND at >= %s AND at <= %s"  # noqa: S608 - our own columns


class TooManyEntries(ValueError):
    """The file would hold more entries than settings.AUDIT_SEARCH["file"]."""


def file_of(search: Search) -> tuple[bytes, int]:
    """The zipped file and how many entries it holds.

    Raises TooManyEntries, TakesTooLong, and NotProvable before the first head is signed.
    """
    most = settings.AUDIT_SEARCH["file"]
    entries = search.entries(most=most + 1)
    if len(entries) > most:
        raise TooManyEntries
    head = head_of(None)
    proven, ways = _ways(entries, head)
    table = "".join(_lines(proven)).encode()
    manifest = {
        "format": FORMAT,
        "filter": search.filter,
        "count": len(proven),
        "not_yet_signed": len(entries) - len(proven),
        "sha256": hashlib.sha256(table).hexdigest(),
        "head": fields_of(head),
        "exported_at": instant(timezone.now()),
    }
    return _zipped(table, _signed(manifest) | {"rows": ways}), len(proven)


def safe_cell(text: str) -> str:
    return f"'{text}" if text.startswith(MARKED) else text


def _ways(entries: Sequence[Entry], head: Head) -> tuple[list[Entry], list[Json]]:
    """The entries that the head covers, and each one's place and way to the root."""
    tree, proven, ways = Tree(), [], []
    for entry in entries:
        try:
            index = leaf_index(entry)
        except NotProvable:
            continue
        if index < head.tree_size:
            path = inclusion_path(index, head.tree_size, tree.perfect)
            proven.append(entry)
            ways.append({"index": index, "path": [step.hex() for step in path]})
    return proven, ways


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    leaves = _leaves(entries)
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for one in said(entries):
        cells = [plain(one.sentence), *leaves[one.entry.pk].split(SEPARATOR)]
        yield _line([safe_cell(cell) for cell in cells])


def _leaves(entries: Sequence[Entry]) -> dict[int, str]:
    if not entries:
        return {}
    with connection.cursor() as cursor:
        ids = [entry.pk for entry in entries]
        cursor.execute(LEAVES, [ids, entries[-1].at, entries[0].at])
        return {number: bytes(leaf).decode() for number, leaf in cursor.fetchall()}


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()


def _signed(manifest: Json) -> Json:
    key = signing_key()
    manifest |= {"log_id": log_id(key.public_key()).hex()}
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"manifest": manifest, "signature": key.sign(PREFIX + text.encode()).hex()}


def _zipped(table: bytes, proof: Json) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("entries.csv", table)
        file.writestr("proof.json", json.dumps(proof))
    return whole.getvalue()
