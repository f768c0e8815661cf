"""The holder says no: a renewal that nobody proved to be the holder's ends."""

from django.db import transaction

from audit.services import Actor
from identity.life import end_replacement
from identity.models import DigitalID
from registration.models import Enrollment
from registration.services.moves import move


@transaction.atomic
def stop_replacement(digital_id: DigitalID) -> bool:
    """End the replacement and the registration behind it; False where there is none."""
    holder = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    stopped = end_replacement(digital_id, stopped=True, actor=holder)
    if stopped is None:
        return False
    enrollment = Enrollment.objects.filter(pk=stopped).first()
    if enrollment is not None and enrollment.can("withdraw"):
        move(enrollment, "withdraw", actor=holder, why="stopped_by_holder")
    return True
