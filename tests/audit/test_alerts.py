"""The history of unusual access: raised once, over when it no longer holds, and who looked."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.alerts import note_alerts
from audit.models import Alert, Entry
from audit.services import Actor, record
from tests.factories import EnrollmentFactory, OfficerFactory


@pytest.fixture
def repeated(db, settings):
    """One officer opens one case again and again."""
    settings.AUDIT_HINTS = settings.AUDIT_HINTS | {"night": 99, "repeated": 3}
    officer, case = OfficerFactory(name="Somchai Often"), EnrollmentFactory()
    for _each in range(3):
        record(Action.CASE_VIEWED, case, actor=Actor.officer(officer))
    return officer, case


def test_an_alert_is_raised_once_however_often_it_is_noted(repeated):
    officer, case = repeated
    note_alerts()
    record(Action.CASE_VIEWED, case, actor=Actor.officer(officer))
    note_alerts()
    alert = Alert.objects.get()
    assert [alert.kind, alert.actor_id, alert.subject_id, alert.count, alert.over_at] == [
        "repeated", str(officer.pk), str(case.pk), 4, None,
    ]  # fmt: skip


def test_it_is_over_when_it_no_longer_holds_and_can_come_again(repeated, settings):
    before = timezone.now()
    note_alerts()
    settings.AUDIT_HINTS = settings.AUDIT_HINTS | {"repeated": 9}
    note_alerts()
    ended = Alert.objects.get()
    assert before < ended.raised_at <= ended.over_at <= timezone.now()
    settings.AUDIT_HINTS = settings.AUDIT_HINTS | {"repeated": 3}
    note_alerts()
    assert [alert.over_at is None for alert in Alert.objects.order_by("pk")] == [False, True]


def test_one_that_no_longer_fits_into_the_list_is_not_over(repeated, settings):
    note_alerts()
    settings.AUDIT_HINTS = settings.AUDIT_HINTS | {"most": 1}
    other, case = OfficerFactory(), EnrollmentFactory()
    for _each in range(5):
        record(Action.CASE_VIEWED, case, actor=Actor.officer(other))
    note_alerts()
    assert [alert.over_at for alert in Alert.objects.all()] == [None, None]


def test_its_page_says_who_looked(repeated, reader, auditor):
    note_alerts()
    address = reverse("audit:alert", args=[Alert.objects.get().pk])
    looks = [len(reader.get(address).context["looks"]) for _each in range(3)]
    entry = Entry.objects.filter(action=Action.AUDIT_VIEWED).first()
    assert [looks, entry.subject_type, entry.actor_id] == [
        [0, 1, 2],
        "audit.alert",
        str(auditor.pk),
    ]
    assert auditor.name in reader.get(address).text


def test_the_list_names_the_officer_and_the_row_does_not(repeated, reader):
    note_alerts()
    assert "Somchai Often" in reader.get(reverse("audit:alerts")).text
    assert "Somchai" not in str(Alert.objects.values().get())


def test_an_alert_is_for_those_who_read_the_log(repeated, sign_in):
    note_alerts()
    client = sign_in(OfficerFactory(supervisor=True))
    addresses = [reverse("audit:alerts"), reverse("audit:alert", args=[Alert.objects.get().pk])]
    assert [client.get(address).status_code for address in addresses] == [403, 403]


def test_days_pass_and_nothing_is_raised_again(repeated):
    note_alerts()
    Alert.objects.update(raised_at=timezone.now() - datetime.timedelta(days=3))
    note_alerts()
    assert Alert.objects.count() == 1
