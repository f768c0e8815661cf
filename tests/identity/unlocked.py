"""A browser that has unlocked a digital ID with its password."""

import time

from django.test import Client

from identity import sessions
from identity.models import Device, DigitalID


def unlock(client: Client, digital_id: DigitalID, device: Device | None = None) -> Client:
    session = client.session
    session[sessions.HOLDER] = str(digital_id.pk)
    session[sessions.UNLOCKED_AT] = time.time()
    if device is not None:
        session[sessions.DEVICE] = str(device.pk)
    session.save()
    return client
