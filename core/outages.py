"""What it is to be without the database, Redis or the store of pictures: nobody's fault here, and
over some time. Pages answer 503 for it, and jobs wait.
"""

from django.db import InterfaceError, InternalError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

RETRY_AFTER_SECONDS = 30


class StoreFails(Exception):
    """The store of pictures does not answer, or refuses what it has to do."""


# InternalError: a database that was made a replica takes no writes.
OUTAGES = (OperationalError, InterfaceError, InternalError, RedisError, BrokerError, StoreFails)


def is_outage(error: BaseException | None) -> bool:
    return isinstance(error, OUTAGES)
