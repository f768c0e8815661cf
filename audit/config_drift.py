"""Thresholds, periods and keys are set where the portal is installed, not on a page. So that a
change of them is in the log as well, what is in force is compared with what was last written down.
"""

from django.conf import settings
from django.db import connection, transaction
from django.db.models.fields.json import KT

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from core.keyring import PURPOSES, ring

ACTOR = Actor.system("configuration")
LONGEST = 200
KEY = "key:"


@transaction.atomic
def note_changes() -> int:
    """Write an entry for each setting and key that is not what the log says; how many there were.

    The names are those of settings.POLICY_SETTINGS, and `key:<purpose>` for the id of the key
    that is in use. No key is ever written down.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit_watched'))")
    known = _known()
    changed = {name: value for name, value in _in_force().items() if known.get(name) != value}
    for name, value in changed.items():
        action = Action.KEY_ROTATED if name.startswith(KEY) else Action.SETTING_CHANGED
        before = {"previous": known[name]} if name in known else {}
        record(action, None, actor=ACTOR, name=name, value=value, **before)
    return len(changed)


def _known() -> dict[str, str]:
    """The latest value of each name in the log."""
    entries = Entry.objects.filter(
        action__in=(Action.SETTING_CHANGED, Action.KEY_ROTATED), actor_id=ACTOR.id
    ).order_by("at", "id")
    return dict(
        entries.annotate(name=KT("details__name")).values_list("name", KT("details__value"))
    )


def _in_force() -> dict[str, str]:
    values = {}
    for name in settings.POLICY_SETTINGS:
        value = getattr(settings, name)
        parts = value.items() if isinstance(value, dict) else [("", value)]
        values |= {f"{name}.{part}".rstrip("."): str(one)[:LONGEST] for part, one in parts}
    return values | {f"{KEY}{purpose}": ring(purpose).current for purpose in PURPOSES}
