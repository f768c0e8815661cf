"""How far the sample people have come, as the portal's own tables have it."""

from dataclasses import dataclass

from core.typing import StrOrPromise
from devstack.trying.people import SamplePerson
from identity.models import DigitalID, DigitalIDStatus
from identity.numbers import number_key
from registration.models import Enrollment


@dataclass(frozen=True)
class Progress:
    """Where somebody's last registration stands, or their digital ID."""

    state: str
    label: StrOrPromise
    reference: str = ""


def progress_of(samples: list[SamplePerson]) -> dict[str, Progress]:
    """By slug; whoever has not begun is not in it."""
    keys = {number_key(one.person.number): one.slug for one in samples}
    found: dict[str, Progress] = {}
    for enrollment in Enrollment.objects.filter(number_key__in=keys).order_by("created_at"):
        found[keys[enrollment.number_key]] = Progress(
            enrollment.state, enrollment.get_state_display(), enrollment.reference
        )
    issued = DigitalID.objects.filter(number_key__in=keys).order_by("issued_at")
    for slug, digital_id in {keys[one.number_key]: one for one in issued}.items():
        if digital_id.effective_status != DigitalIDStatus.ACTIVE:
            status, label = digital_id.effective_status, digital_id.effective_status_name
            found[slug] = Progress(status, label)
    return found
