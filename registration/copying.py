"""What registrations keep of a holder, in the copy that the holder can ask for."""

from django.utils.translation import gettext_lazy as _

from identity.access import and_earlier
from identity.data_copy import Rows, part_of_copy
from identity.models import DigitalID
from registration.models import Enrollment


@part_of_copy("registrations", _("Registrations"))
def registrations(digital_id: DigitalID) -> Rows:
    """Those that the holder's digital IDs came from; of others' attempts nothing is told."""
    mine = DigitalID.objects.filter(and_earlier(digital_id), enrollment_id__isnull=False)
    found = Enrollment.objects.filter(pk__in=list(mine.values_list("enrollment_id", flat=True)))
    for one in found.order_by("created_at"):
        kept = one.evidence.filter(deleted_at=None).order_by("created_at")
        yield {
            "reference": one.reference,
            "since": one.created_at,
            "status": one.get_state_display(),
            "channel": one.get_channel_display(),
            **(one.confirmed.as_json() if one.confirmed else {}),
            "pictures": [picture.get_kind_display() for picture in kept],
        }
