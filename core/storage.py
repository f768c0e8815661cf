"""Pictures at rest: only ciphertext reaches the storage, whatever the storage is."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.encryption import seal, unseal


def save_sealed(name: str, plain: bytes) -> str:
    """Encrypt and store; returns the name it was stored under."""
    return storages["evidence"].save(name, ContentFile(seal(plain, context=f"evidence:{name}")))


def read_sealed(name: str) -> bytes:
    """Fetch and decrypt; raises FileNotFoundError or encryption.CannotOpen."""
    with storages["evidence"].open(name) as file:
        return unseal(file.read(), context=f"evidence:{name}")


def delete_sealed(name: str) -> None:
    storages["evidence"].delete(name)
