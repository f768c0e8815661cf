"""Thresholds and keys that are set outside the portal, and still are in its log."""

import pytest

from audit.actions import Action
from audit.config_drift import note_changes
from audit.models import Entry
from audit.tasks import note_settings

pytestmark = pytest.mark.django_db


def entries_about(name: str) -> list[tuple[str, dict]]:
    found = Entry.objects.filter(details__name=name).order_by("at", "id")
    return list(found.values_list("action", "details"))


def test_what_is_in_force_is_written_down_once():
    first = note_changes()
    assert [first > 30, note_changes()] == [True, 0]
    assert entries_about("MAX_SELFIE_ATTEMPTS") == [
        (Action.SETTING_CHANGED, {"name": "MAX_SELFIE_ATTEMPTS", "value": "5"})
    ]


def test_a_changed_threshold_is_written_down_with_what_it_was(settings):
    note_changes()
    settings.MACHINE_THRESHOLDS = settings.MACHINE_THRESHOLDS | {"face_match": 0.61}
    note_settings()
    assert entries_about("MACHINE_THRESHOLDS.face_match")[1:] == [
        (
            Action.SETTING_CHANGED,
            {"name": "MACHINE_THRESHOLDS.face_match", "value": "0.61", "previous": "0.47"},
        )
    ]


def test_a_key_is_named_by_its_id_and_never_written_down():
    note_changes()
    [(action, details)] = entries_about("key:audit")
    assert [action, details] == [Action.KEY_ROTATED, {"name": "key:audit", "value": "t1"}]
