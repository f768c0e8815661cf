"""Sealed files without a row: what a killed upload left behind, found by walking the folders.

Once an hour has been over for a while, its folder is gone through once, and all folders once a
week: that finds what a restored database no longer knows as well.
"""

import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from core.housekeeping import duty
from core.storage import delete_sealed, folder_of, is_written_into, owners
from core.upkeep.models import Progress

logger = logging.getLogger(__name__)
FOLDER = re.compile(r"\d{10}")
HOUR = timedelta(hours=1)
GRACE = HOUR  # the locks decide; this only spares the folder that is written into
WALK, NAME = timedelta(days=7), "reaping"


class TooManyOrphans(Exception):
    """More files without a row than kills leave: rather the database is not the right one."""


class StillWritten(Exception):
    """Somebody is writing into a folder of the past: its clock is wrong, or it takes very long."""


@transaction.atomic
def reap(folder: str, *, sure: bool = False) -> int:
    """Delete the files of a folder that no row names; returns how many.

    Raises StillWritten, and TooManyOrphans unless an operator is `sure`.
    """
    if is_written_into(folder):
        raise StillWritten(folder)
    names = {f"{folder}/{name}" for name in _listed(folder)[1]}
    orphans = names.difference(*(owner(names) for owner in owners))
    most = max(settings.ORPHANS_AT_MOST, settings.ORPHANS_SHARE * len(names))
    if len(orphans) > most and not sure:
        raise TooManyOrphans(f"{len(orphans)} of {len(names)} files in {folder} have no row")
    for name in orphans:
        delete_sealed(name)
    if orphans:
        logger.warning("%s files without a row deleted from %s", len(orphans), folder)
    return len(orphans)


def folders() -> list[str]:
    """Those whose hour has been over for a while, the oldest first."""
    return sorted(one for one in _listed("")[0] if FOLDER.fullmatch(one) and one <= _last())


def _behind_since() -> datetime | None:
    """Since when the next folder could have been gone through."""
    walk = Progress.objects.filter(name=NAME).first()
    if walk is None or walk.place >= _last():
        return None
    if not walk.place:
        return walk.at
    hour = datetime.strptime(f"{walk.place}+0000", "%Y%m%d%H%z")
    return max(walk.at, hour + 2 * HOUR + GRACE)


@duty("files_without_row", oldest=_behind_since)
def reap_folders() -> Iterator[int]:
    """Go through the folders that were not since this week's walk began."""
    walk, _new = Progress.objects.get_or_create(name=NAME, defaults={"at": timezone.now()})
    if timezone.now() - walk.at > WALK:
        walk.at, walk.place = timezone.now(), ""
    last = _last()
    for folder in folders() if walk.place < last else []:
        if folder > walk.place:
            try:
                gone = reap(folder)
            except StillWritten:
                logger.warning("%s is still written into", folder)
                return
            _note(walk, folder)
            yield gone
    _note(walk, last)


def _note(walk: Progress, place: str) -> None:
    walk.place = max(walk.place, place)
    walk.save()


def _last() -> str:
    """The newest folder that may be gone through."""
    return folder_of(timezone.now() - GRACE - HOUR)


def _listed(place: str) -> tuple[list[str], list[str]]:
    try:
        return storages["evidence"].listdir(place)
    except FileNotFoundError:
        return [], []
