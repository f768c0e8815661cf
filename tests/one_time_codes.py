"""One-time passwords of officers, that do not end while a test uses them."""

import base64
import time

from django_otp.oath import totp

LASTS, TO_USE = 30, 10  # seconds that one is good, and those left of them to send it


def code_for_a_while(secret: str) -> str:
    """The one of now; of the next half minute where this one is nearly over."""
    while time.time() % LASTS > LASTS - TO_USE:
        time.sleep(0.5)
    return f"{totp(base64.b32decode(secret)):06d}"
