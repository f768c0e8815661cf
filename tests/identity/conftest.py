"""A device with its private key, as a citizen's phone holds them."""

import pytest
from joserfc.jwk import ECKey

from identity.models import Device
from tests.identity.factories import DeviceFactory


@pytest.fixture
def key() -> ECKey:
    return ECKey.generate_key("P-256")


@pytest.fixture
def device(db, key) -> Device:
    return DeviceFactory(key=key)
