"""What can be looked for by what people know of it: a name, an e-mail, a code, a reference.

What is typed is looked up and forgotten: what goes on, into addresses and the log, is the
identifier of what was found. The models stand above this app and are found by their label.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from audit.models import Entry
from audit.models.searches import About

MOST = 12
FEWEST_LETTERS = 2
GROUP = 4  # a reference is read out in groups of so many


@dataclass(frozen=True)
class Kind:
    """`label`: the model; `found_by`: lookups that what was typed is put to; of `few` rows, each is
    asked besides what it is called in the reader's language.
    """

    label: str
    found_by: tuple[str, ...]
    named_by: tuple[str, str]  # in Thai and in English; "" for what the row calls itself
    acts: str = ""  # the column of the log that has it where it acts itself
    has_uuid: bool = True
    few: bool = False


KINDS = {
    About.OFFICER: Kind(
        "offices.officer", ("name__icontains", "email__icontains"), ("name", "name"), "actor_id"
    ),
    About.OFFICE: Kind(
        "offices.office",
        ("code", "name_th__icontains", "name_en__icontains"),
        ("name_th", "name_en"),
        "office",
        has_uuid=False,
    ),
    About.CASE: Kind(
        "registration.enrollment", ("reference",), ("reference", "reference"), "actor_id"
    ),
    About.SERVICE: Kind(
        "relying_parties.relyingparty",
        ("name_th__icontains", "name_en__icontains"),
        ("name_th", "name_en"),
    ),
    About.PHASE: Kind(
        "rollout.phase",
        ("code", "name__icontains", "name_th__icontains"),
        ("", ""),
        has_uuid=False,
        few=True,
    ),
}


@dataclass(frozen=True)
class Subject:
    about: About
    pk: str
    name: str = ""
    note: str = ""

    @property
    def conditions(self) -> list[dict[str, str | list[str]]]:
        """Each by itself finds entries through an index; together, all that tell of the subject."""
        kind = KINDS[self.about]
        names = [
            kind.label,
            *(old for old, new in settings.MODELS_MOVED.items() if new == kind.label),
        ]
        about: dict[str, str | list[str]] = {"subject_id": self.pk, "subject_type": names}
        return [{kind.acts: self.pk}, about] if kind.acts else [about]


def look_up(about: About, text: str) -> list[Subject]:
    """What `text` may mean, at most MOST. A case is found by its whole reference alone."""
    text = text.strip()
    if len(text) < FEWEST_LETTERS:
        return []
    kind = KINDS[about]
    text = _as_reference(text) if about == About.CASE else text
    wanted = Q()
    for lookup in kind.found_by:
        wanted |= Q(**{lookup: text})
    rows = _rows(kind)
    if kind.few:
        called = [row.pk for row in rows if text.casefold() in str(row).casefold()]
        wanted |= Q(pk__in=called)
    found = rows.filter(wanted).order_by(kind.named_by[0] or "pk")[:MOST]
    return [_subject(about, row) for row in found]


def subject_of(about: About, pk: str) -> Subject | None:
    """The thing, by identifier; without a name where it is gone. None for what identifies nothing:
    nothing else may come into the log by being asked for.
    """
    kind = KINDS[about]
    if kind.has_uuid and not _is_uuid(pk):
        return None
    row = _rows(kind).filter(pk=pk).first()
    if row is not None:
        return _subject(about, row)
    known = kind.has_uuid or Entry.objects.filter(subject_type=kind.label, subject_id=pk).exists()
    return Subject(about, pk) if known else None


def names_of(subjects: Iterable[tuple[About, str]]) -> dict[tuple[About, str], str]:
    """The names of several, with one query for each kind."""
    by_kind: dict[About, set[str]] = {}
    for about, pk in subjects:
        by_kind.setdefault(about, set()).add(pk)
    return {
        (about, str(row.pk)): _name(KINDS[about], row)
        for about, wanted in by_kind.items()
        for row in _rows(KINDS[about]).filter(pk__in=wanted)
    }


def _rows(kind: Kind) -> QuerySet[Any]:
    rows: QuerySet[Any] = QuerySet(apps.get_model(kind.label))
    return rows.select_related("office") if kind.label == "offices.officer" else rows


def _subject(about: About, row: Any) -> Subject:
    note = ""
    if about == About.OFFICER:
        note = " · ".join(filter(None, (row.get_role_display(), row.office and row.office.name)))
    elif about == About.OFFICE:
        note = f"{row.code} · {row.province}"
    return Subject(about, str(row.pk), _name(KINDS[about], row), note)


def _name(kind: Kind, row: Any) -> str:
    thai, english = kind.named_by
    field = thai if get_language() == "th" else english
    return str(getattr(row, field) if field else row)


def _as_reference(text: str) -> str:
    bare = "".join(text.replace("-", "").split()).upper()
    return "-".join(bare[start : start + GROUP] for start in range(0, len(bare), GROUP))


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
