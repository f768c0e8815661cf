from audit.models.alerts import Alert
from audit.models.log import (
    EPOCH,
    MICROSECOND,
    MILLISECOND,
    ActorKind,
    Cursor,
    Entry,
    EntryQuerySet,
    Head,
    MonthArchive,
    Receipt,
    Tile,
)
from audit.models.searches import SavedSearch

__all__ = [
    "EPOCH",
    "MICROSECOND",
    "MILLISECOND",
    "ActorKind",
    "Alert",
    "Cursor",
    "Entry",
    "EntryQuerySet",
    "Head",
    "MonthArchive",
    "Receipt",
    "SavedSearch",
    "Tile",
]
