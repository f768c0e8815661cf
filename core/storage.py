"""Pictures at rest: only ciphertext reaches the storage, whatever the storage is.

Everything here raises core.outages.StoreFails where the store does not do its work.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.encryption import seal, unseal
from core.outages import StoreFails


def save_sealed(name: str, plain: bytes) -> str:
    """Encrypt and store; returns the name it was stored under."""
    sealed = ContentFile(seal(plain, context=f"evidence:{name}"))
    with _reaching_the_store():
        return storages["evidence"].save(name, sealed)


def read_sealed(name: str) -> bytes:
    """Fetch and decrypt; raises FileNotFoundError or encryption.CannotOpen."""
    with _reaching_the_store(), storages["evidence"].open(name) as file:
        sealed = file.read()
    return unseal(sealed, context=f"evidence:{name}")


def delete_sealed(name: str) -> None:
    with _reaching_the_store():
        storages["evidence"].delete(name)


@contextmanager
def _reaching_the_store() -> Iterator[None]:
    """One file that is not there is no outage; a disk that is full or a bucket that is gone is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, Boto3Error, BotoCoreError, ClientError) as error:
        raise StoreFails(type(error).__name__) from error
