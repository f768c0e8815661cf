"""Keeps when a hint came up and when it was over: the page of hints knows only this moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from audit.actions import Action
from audit.hints import Hint, Kind, hints
from audit.models import Alert, Entry
from audit.words import names_of_offices, short

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class ShownAlert:
    alert: Alert
    name: str
    office: str

    @property
    def label(self) -> str:
        return str(dict(Kind.choices).get(self.alert.kind, self.alert.kind))


@transaction.atomic
def note_alerts() -> None:
    """Raise what is new, end what no longer holds. May run twice, also at once."""
    now = timezone.now()
    found = {_key(hint): hint for hint in hints()}
    open_ones = {_key(alert): alert for alert in Alert.objects.open().select_for_update()}
    cut_off = _cut_off(list(found.values()))
    for key, alert in open_ones.items():
        hint = found.get(key)
        if hint is None and alert.kind not in cut_off:
            alert.over_at = now
        elif hint is not None:
            alert.count = max(alert.count, hint.count)
    Alert.objects.bulk_update(open_ones.values(), ["over_at", "count"])
    fresh = [
        Alert(**dict(zip(FIELDS, key, strict=True)), count=hint.count, raised_at=now)
        for key, hint in found.items()
        if key not in open_ones
    ]
    Alert.objects.bulk_create(fresh, ignore_conflicts=True)  # somebody else was faster


FIELDS = ("kind", "actor_id", "office", "subject_id")


def _key(one: Hint | Alert) -> Key:
    return str(one.kind), one.actor_id, one.office, one.subject_id


def _cut_off(found: Sequence[Hint]) -> set[str]:
    """Kinds of which there were more than are listed: who is missing there need not be over."""
    counts = Counter(str(hint.kind) for hint in found)
    return {kind for kind, count in counts.items() if count >= settings.AUDIT_HINTS["most"]}


def shown(alerts: Sequence[Alert]) -> list[ShownAlert]:
    """With the names of officers and offices, which are not kept with an alert."""
    ids = {alert.actor_id for alert in alerts}
    people = {str(one.pk): str(one) for one in get_user_model().objects.filter(pk__in=ids)}
    offices = names_of_offices(alert.office for alert in alerts)
    return [
        ShownAlert(
            one,
            people.get(one.actor_id, short(one.actor_id)),
            offices.get(one.office, one.office),
        )
        for one in alerts
    ]


def looks_at(alert: Alert) -> Sequence[Entry]:
    """Who opened the alert's page, oldest first: as the log has it."""
    looks = Entry.objects.about(alert).filter(action=Action.AUDIT_VIEWED, at__gte=alert.raised_at)
    return list(looks.order_by("at", "id")[:MOST_LOOKS])


MOST_LOOKS = 100
