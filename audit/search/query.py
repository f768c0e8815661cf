"""Reading what the log has about one thing, newest first, in bounded time.

Each condition of a subject is read through its own index, never more than a page of it, and what
they give is merged: a busy office costs as much as a quiet one. A statement that takes longer than
settings.AUDIT_SEARCH allows is given up.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from audit.canonical import instant
from audit.models import Entry, EntryQuerySet
from audit.narrowing import detail_in_words, in_terms_of_the_log, narrowed
from audit.search.subjects import Subject
from core.typing import Json

DAY = datetime.timedelta(days=1)


class TakesTooLong(RuntimeError):
    """The database was stopped: fewer days have to be asked for."""


@dataclass(frozen=True)
class Search:
    """Days are days of Bangkok, both included."""

    subject: Subject
    since: datetime.date
    until: datetime.date
    action: str = ""
    detail: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """As the address has it, and the log: identifiers, codes and days."""
        asked = {
            "about": self.subject.about.value,
            "subject": self.subject.pk,
            "action": self.action,
            "detail": self.detail,
            "since": str(self.since),
            "until": str(self.until),
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    @property
    def in_words(self) -> str:
        """The detail, as readers read it; "" where there is none."""
        return detail_in_words(self.detail)

    @property
    def wider(self) -> str:
        """The same without the detail."""
        return replace(self, detail="").query

    @property
    def filter(self) -> Json:
        """In the log's own terms, for whoever checks a file: an entry has to fit one of `any`."""
        told: Json = {"detail": in_terms_of_the_log(self.detail)} if self.detail else {}
        return told | {
            "any": self.subject.conditions,
            "action": self.action,
            "since": instant(_midnight(self.since)),
            "until": instant(_midnight(self.until + DAY)),
        }

    def entries(self, *, most: int, before: str = "") -> list[Entry]:
        """The newest `most`, older than `before` (Entry.place). Raises TakesTooLong; ValueError for
        a place that is none.
        """
        found: dict[int, Entry] = {}
        with in_bounded_time():
            for condition in self.subject.conditions:
                branch = self._branch(condition)
                branch = branch.before(before) if before else branch
                found |= {entry.pk: entry for entry in branch[:most]}
        return sorted(found.values(), key=lambda entry: (entry.at, entry.pk), reverse=True)[:most]

    def _branch(self, condition: dict[str, str | list[str]]) -> EntryQuerySet:
        wanted = {
            f"{name}__in" if isinstance(value, list) else name: value
            for name, value in condition.items()
        }
        wanted |= {"action": self.action} if self.action else {}
        days = {"at__gte": _midnight(self.since), "at__lt": _midnight(self.until + DAY)}
        return narrowed(Entry.objects.filter(**wanted, **days), self.detail)


@contextmanager
def in_bounded_time() -> Iterator[None]:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                limit = f"{settings.AUDIT_SEARCH['seconds'] * 1000:.0f}"
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [limit])
            yield
            with connection.cursor() as cursor:  # in a transaction around this one it would last
                cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        if "statement timeout" in str(error):
            raise TakesTooLong from error
        raise


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
