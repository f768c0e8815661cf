"""Guesses that come at one moment, and two passkeys that do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client

from identity.models import Passkey, Pin
from identity.pins import MOST_TRIES, OVER, WRONG, PinRefused, try_pin
from tests.identity.authenticator import Authenticator
from tests.identity.factories import DeviceFactory
from tests.identity.short import PIN, add_passkey, confirmed, set_pin

GUESSES = 20


def at_once(times: int, do: Callable[[int], str]) -> list[str]:
    def one(which: int) -> str:
        try:
            return do(which)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(times)))


def test_of_twenty_guesses_at_once_five_are_looked_at(transactional_db):
    device = DeviceFactory()
    set_pin(confirmed(Client(), device))

    def guess(which: int) -> str:
        try:
            try_pin(device, PIN if which == GUESSES - 1 else "917264")
        except PinRefused as refused:
            return str(refused)
        return "open"

    said = at_once(GUESSES, guess)
    wrong, over = said.count(str(WRONG)), said.count(str(OVER))
    assert (wrong, over, Pin.objects.count()) == (MOST_TRIES - 1, GUESSES - MOST_TRIES + 1, 0)


def test_two_passkeys_at_once_are_one(transactional_db, settings):
    settings.PORTAL_ADDRESS = "http://localhost:8000"
    device = DeviceFactory()
    phones = [confirmed(Client(), device) for _ in range(2)]
    at_once(2, lambda which: str(add_passkey(phones[which], Authenticator())))
    assert Passkey.objects.count() == 1
