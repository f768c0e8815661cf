"""What the operator does at the command line, where nobody has signed in, and leaves an entry of.

The first administrators are made by OfficerManager.create_superuser.
"""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from audit.actions import Action
from audit.services import OPERATOR, record
from offices.lockout import forget_all_tries
from offices.models import Officer


@transaction.atomic
def change_password(officer: Officer, *, password: str) -> None:
    """For whom nobody is there to ask for a link and to agree; raises ValidationError."""
    validate_password(password, officer)
    locked = Officer.objects.select_for_update().get(pk=officer.pk)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    forget_all_tries(locked.email)
    record(Action.OFFICER_PASSWORD_CHANGED, locked, actor=OPERATOR, how="operator")
