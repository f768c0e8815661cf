"""What it is to be without the database, Redis, the store of pictures or what takes messages out:
nobody's fault here, and over some time. Pages answer 503 for it, and jobs wait.
"""

import errno

from django.db import InterfaceError, InternalError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

# Databases come back within seconds, by restart or replica; who is told a time waits all of it.
RETRY_AFTER_SECONDS = 8


class StoreFails(Exception):
    """The store of pictures does not answer, or refuses what it has to do."""


class CarrierFails(Exception):
    """What takes messages out of the house takes none now."""


# InternalError: a database that was made a replica takes no writes.
OUTAGES = (
    OperationalError, InterfaceError, InternalError, RedisError, BrokerError,
    StoreFails, CarrierFails,
)  # fmt: skip

# SQLSTATEs of the same classes that waiting does not mend: more than PostgreSQL can do at once, a
# statement after one that failed.
OURS = ("54", "25P02")
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE}  # on the disk, for files


def is_outage(error: BaseException | None) -> bool:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return True
    state = getattr(getattr(error, "__cause__", None), "sqlstate", None) or ""
    return isinstance(error, OUTAGES) and not state.startswith(OURS)
