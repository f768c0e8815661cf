"""The codes of all kept faces, held in the memory of each process that searches them.

What is older than SETTLED is held; what is newer is read for each search. No transaction that keeps
a face lasts that long (a job is ended after 45 s), so no face can appear behind the line. Faces
forgotten or replaced meanwhile do no harm: what a scan finds is read once more from the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from django.db import connection
from django.utils import timezone

from verification.faces.binary_codes import Codes

SETTLED = timedelta(minutes=10)
MOVED_ON_AFTER = timedelta(minutes=1)
MOST_PARTS = 32
COPY = """
    COPY (
        SELECT owner, subject, code FROM verification_facetemplate
        WHERE model = %s AND key_id = %s AND created_at >= %s AND created_at < %s
    ) TO STDOUT (FORMAT binary)
"""


@dataclass
class Shelf:
    """The codes of one model under one key."""

    model: str
    key_id: str
    line: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    parts: list[Codes] = field(default_factory=list)

    def codes(self) -> Iterator[Codes]:
        """All codes there are, in parts that share none."""
        settled = timezone.now() - SETTLED
        if settled - self.line > MOVED_ON_AFTER:
            self._keep(self._read(self.line, settled))
            self.line = settled
        yield from self.parts
        yield self._read(self.line, datetime.max.replace(tzinfo=UTC))

    def newer(self, since: datetime) -> Codes:
        """The codes of faces that may have appeared since then, read anew and not held."""
        return self._read(since - SETTLED, datetime.max.replace(tzinfo=UTC))

    def _keep(self, codes: Codes) -> None:
        if len(codes):
            self.parts.append(codes)
        if len(self.parts) > MOST_PARTS:
            self.parts = [Codes.joined(self.parts)]

    def _read(self, first: datetime, end: datetime) -> Codes:
        wanted = (self.model, self.key_id, first, end)
        data = bytearray()
        with connection.cursor() as cursor, cursor.copy(COPY, wanted) as rows:
            for row in rows:
                data += row
        return Codes.from_copy(data)


@cache
def shelf(model: str, key_id: str) -> Shelf:
    return Shelf(model, key_id)
