"""A device with its private key, and an officer."""

from tests.identity.conftest import device, key
from tests.registration.conftest import officer

__all__ = ["device", "key", "officer"]
