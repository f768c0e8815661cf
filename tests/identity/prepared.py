"""Rows the browser test needs inside the portal it drives; called through `manage.py shell`."""

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from identity.numbers import number_key
from registration.models import Channel, Enrollment, EvidenceKind
from registration.services.evidence import keep_picture
from registration.states import State
from registration.views.sessions import SESSION_KEY
from tests.identity.factories import PASSWORD, hashed, make_person, portrait, valid_number


@transaction.atomic
def ready_for_consent(serial: int) -> str:
    """A citizen who has set the password; the key of the browser's session."""
    number = valid_number(f"5{serial:011}")
    enrollment = Enrollment(
        state=State.PASSWORD_SET,
        channel=Channel.SELF,
        number_key=number_key(number),
        password=hashed(PASSWORD),
    )
    enrollment.confirmed = make_person(number) | {"laser_code": "ME0123456789"}
    enrollment.save(force_insert=True)
    keep_picture(enrollment, EvidenceKind.SELFIE, portrait())
    session = SessionStore()
    session[SESSION_KEY] = str(enrollment.pk)
    session.create()
    return session.session_key
