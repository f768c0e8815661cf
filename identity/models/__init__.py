"""The tables of `identity`, each group in a file of its own."""

from identity.models.digital_id import (
    LIVE,
    NEXT_PLACE,
    STATUS_INDEXES,
    Device,
    DigitalID,
    DigitalIDStatus,
    FormerPlace,
)
from identity.models.notices import (
    ContactChannel,
    HolderContact,
    HolderNotice,
    NoticeKind,
    NoticeOutcome,
    notice_kinds,
)
from identity.models.questions import AccessQuestion
from identity.models.short_ways import Passkey, Pin

__all__ = [
    "LIVE",
    "NEXT_PLACE",
    "STATUS_INDEXES",
    "AccessQuestion",
    "ContactChannel",
    "Device",
    "DigitalID",
    "DigitalIDStatus",
    "FormerPlace",
    "HolderContact",
    "HolderNotice",
    "NoticeKind",
    "NoticeOutcome",
    "Passkey",
    "Pin",
    "notice_kinds",
]
