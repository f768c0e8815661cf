"""Rows the browser test needs inside the portal it drives; called through `manage.py shell`."""

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from identity import sessions
from tests.identity.factories import DeviceFactory, DigitalIDFactory, valid_number
from tests.relying_parties.factories import RelyingPartyFactory


@transaction.atomic
def holder_and_service(serial: int, callback: str) -> str:
    """A browser's session that holds a locked digital ID, and a service: both keys."""
    digital_id = DigitalIDFactory(number=valid_number(f"6{serial:011}"))
    DeviceFactory(digital_id=digital_id)
    session = SessionStore()
    session[sessions.HOLDER] = str(digital_id.pk)
    session.create()
    return f"{session.session_key} {service(callback)}"


def service(callback: str) -> str:
    """The key of a service that is registered with that return address."""
    names = {"name_th": "กรมตัวอย่าง", "name_en": "Sample Department"}
    return str(RelyingPartyFactory(**names, redirect_uris=[callback]).pk)
