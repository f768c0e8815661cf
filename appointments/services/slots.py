"""Taking a slot and giving it back: exact to the last one, as a phase's (decision 10)."""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from appointments.models import Appointment, Slot


def free_slots(*, known: bool) -> models.QuerySet[Slot]:
    """Those that may be given away now; `known` as owners have it."""
    now = timezone.now()
    free = Slot.objects.filter(
        appointment=None, withdrawn=False, starts_at__gt=now + settings.APPOINTMENT_NOTICE
    )
    if known:
        return free
    near = models.Q(starts_at__lt=now + settings.APPOINTMENTS_KEPT_BACK)
    return free.filter(models.Q(kept=False) | near)


def take_slot(appointment: Appointment, *, known: bool) -> bool:
    """Give the appointment a slot at its office and time; False where none is left."""
    at_this_time = free_slots(known=known).filter(
        office=appointment.office_id, starts_at=appointment.starts_at
    )
    pk = _free(at_this_time) or _last(at_this_time)
    if pk is None:
        return False
    return bool(Slot.objects.filter(pk=pk, appointment=None).update(appointment=appointment))


def _free(slots: models.QuerySet[Slot]) -> int | None:
    """One that nobody else is taking, locked; those kept back for whoever may have them first."""
    point = transaction.savepoint()
    ordered = slots.order_by("-kept", "number").select_for_update(skip_locked=True)
    found = ordered.values_list("pk", flat=True).first()
    if found is None:
        transaction.savepoint_rollback(point)  # whoever waits holds nothing meanwhile
    return found


def _last(slots: models.QuerySet[Slot]) -> int | None:
    """Wait for those who are about to take the last ones: they may yet give one back."""
    return slots.order_by("pk").select_for_update().values_list("pk", flat=True).first()


def give_back(appointment: Appointment) -> None:
    held = Slot.objects.filter(appointment=appointment)
    held.filter(withdrawn=True).delete()
    held.update(appointment=None)


def next_free(codes: list[str], *, known: bool) -> dict[str, datetime]:
    """The first free time of each of these offices that has one; one query."""
    free = free_slots(known=known).filter(office__in=codes)
    firsts = free.values("office").annotate(first=models.Min("starts_at"))
    return dict(firsts.values_list("office", "first"))


def free_times(office: str, *, known: bool) -> list[datetime]:
    """All times of an office at which there is a slot, in order."""
    free = free_slots(known=known).filter(office=office)
    return list(free.order_by("starts_at").values_list("starts_at", flat=True).distinct())
