"""A device with its private key, for what is used up by showing it."""

from tests.identity.conftest import device, key

__all__ = ["device", "key"]
