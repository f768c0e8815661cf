"""Pictures at rest: only ciphertext reaches the storage, whatever the storage is.

A file is written before its row is committed, so a kill between the two leaves a file that nobody
knows. What finds it (core.reaping) must never take one whose row is still to come: files lie in a
folder for each hour, whoever writes into it shares its lock until the transaction ends, and who
clears it holds that lock alone. No clock decides.

Reading, writing and deleting raise core.outages.StoreFails where the store does not do its work.
"""

import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from boto3.exceptions import Boto3Error
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    ReadTimeoutError,
)
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction

from core.encryption import seal, unseal
from core.outages import StoreFails
from core.resting import Rest

WRITING = 0x5EA1  # the advisory locks of the folders
Owner = Callable[[Collection[str]], set[str]]
owners: list[Owner] = []
rest = Rest(5)


def owns_files(owner: Owner) -> Owner:
    """Register the decorated function: of some names of files it gives those that it has rows for,
    and whose file is still to be there.
    """
    owners.append(owner)
    return owner


def folder_of(at: datetime) -> str:
    """The folder of an hour: ten digits, in the order of time."""
    return f"{at.astimezone(UTC):%Y%m%d%H}"


def save_sealed(name: str, plain: bytes) -> str:
    """Encrypt and store; returns the name it was stored under. Only within the transaction that
    commits its row.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a file needs its row's transaction")
    folder = folder_of(datetime.now(UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [WRITING, int(folder)])
    whole = f"{folder}/{name}"
    sealed = ContentFile(seal(plain, context=f"evidence:{whole}"))
    with _reaching_the_store():
        return storages["evidence"].save(whole, sealed)


def read_sealed(name: str) -> bytes:
    """Fetch and decrypt; raises FileNotFoundError or encryption.CannotOpen."""
    with _reaching_the_store(), storages["evidence"].open(name) as file:
        sealed = file.read()
    return unseal(sealed, context=f"evidence:{name}")


def delete_sealed(name: str) -> None:
    with _reaching_the_store():
        storages["evidence"].delete(name)


def is_written_into(folder: str) -> bool:
    """Whether somebody is; if not, nobody else can before the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [WRITING, int(folder)])
        return not cursor.fetchone()[0]


def is_uuid(text: str) -> bool:
    """Whether a part of a file's name is the id of a row."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@contextmanager
def _reaching_the_store() -> Iterator[None]:
    """One file that is not there is no outage; a disk that is full or a bucket that is gone is. A
    bucket that hangs holds whoever asks for as long as a read may take: after one has waited, for a
    moment nobody asks.
    """
    if rest.is_on:
        raise StoreFails("it hung a moment ago")
    try:
        yield
    except FileNotFoundError:
        raise
    except (ConnectTimeoutError, ReadTimeoutError, TimeoutError) as error:
        rest.begin()
        raise StoreFails(type(error).__name__) from error
    except (OSError, Boto3Error, BotoCoreError, ClientError) as error:
        raise StoreFails(type(error).__name__) from error
