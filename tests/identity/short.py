"""A holder at a phone with a short way, and what the phone sends."""

from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey

from audit.models import Entry
from identity.models import Device
from tests.identity.authenticator import Authenticator
from tests.identity.factories import PASSWORD
from tests.identity.tokens import make_token
from tests.identity.unlocked import unlock

PIN = "480913"
SHORT, CARD, UNLOCK = (reverse(f"identity:{name}") for name in ("short_ways", "card", "unlock"))
SET_PIN, ASK, ADD, NEW = (
    reverse(f"identity:{name}") for name in ("set_pin", "ask_passkey", "add_passkey", "new_passkey")
)


def confirmed(client: Client, device: Device, password: str = PASSWORD) -> Client:
    """Unlocked, and the password entered for setting up."""
    unlock(client, device.digital_id, device).post(SHORT, {"password": password})
    return client


def set_pin(client: Client, first: str = PIN, second: str = ""):
    return client.post(SET_PIN, {"first": first, "second": second or first})


def proof(device: Device, key: ECKey) -> str:
    return make_token(device, key, aud="unlock")


def open_by_pin(client: Client, device: Device, key: ECKey, pin: str = PIN):
    return client.post(UNLOCK, {"pin": pin, "proof": proof(device, key)})


def add_passkey(client: Client, authenticator: Authenticator):
    options = client.post(NEW).json()
    return client.post(ADD, {"passkey": authenticator.create(options)})


def asked(client: Client, device: Device, key: ECKey) -> dict:
    return client.post(ASK, {"proof": proof(device, key)}).json()


def is_open(client: Client) -> bool:
    return client.get(CARD).status_code == 200


def written() -> list[tuple[str, dict]]:
    """The log's entries but for those of unlocking by the password, oldest first."""
    rows = Entry.objects.order_by("id").values_list("action", "details")
    return [(action, details) for action, details in rows if details]
