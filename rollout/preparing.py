"""Offices that are ready to be opened: what supervisors say of their own, and who has not yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from audit.actions import Action
from audit.services import Actor, record
from offices.models import Office, Officer
from registration.office_routing import CENTRAL_OFFICE
from rollout.models import Matter, Preparation


@dataclass(frozen=True)
class OfficeReady:
    """An office, and since when it says that it is ready in each matter, in their order; None: it
    does not.
    """

    office: Office
    said: Sequence[tuple[Matter, datetime | None]]


@transaction.atomic
def say_ready(matter: Matter, *, ready: bool, officer: Officer) -> None:
    """Of the officer's own office. To say it twice changes nothing and is written once."""
    if not (officer.manages_office and officer.office):
        raise PermissionDenied
    said = Preparation.objects.filter(office=officer.office, matter=matter)
    if ready:
        _row, changed = Preparation.objects.get_or_create(office=officer.office, matter=matter)
    else:
        changed = bool(said.delete()[0])
    if changed:
        action = Action.OFFICE_READY if ready else Action.OFFICE_NOT_READY
        record(action, officer.office, actor=Actor.officer(officer), matter=matter.value)


def offices_ready(within: Q) -> list[OfficeReady]:
    """For offices that `within` chooses, in order of their codes."""
    offices = list(Office.objects.filter(within).order_by("code"))
    rows = Preparation.objects.filter(office__in=offices)
    said = {(row.office_id, row.matter): row.said_at for row in rows}
    return [
        OfficeReady(office, [(matter, said.get((office.pk, matter))) for matter in Matter])
        for office in offices
    ]


def not_ready(matter: Matter) -> dict[str, int]:
    """By province: its offices that do not say so; provinces whose offices all do have no key."""
    said = Preparation.objects.filter(office=OuterRef("pk"), matter=matter)
    rows = _to_be_opened().exclude(Exists(said)).values_list("province_code")
    return dict(rows.annotate(Count("pk")))


def offices_not_ready(provinces: Collection[str]) -> int:
    """How many of these provinces (none given: of all) lack a word in any matter."""
    offices = _to_be_opened()
    if provinces:
        offices = offices.filter(province_code__in=provinces)
    said = offices.annotate(said=Count("preparations"))
    return said.filter(said__lt=len(Matter)).count()


def _to_be_opened() -> QuerySet[Office]:
    """The central office, which takes cases of unknown districts, is of no province."""
    return Office.objects.exclude(pk=CENTRAL_OFFICE)
