"""The holder of a digital ID hears that its renewal was begun, and keeps the address given here."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.utils import timezone

from core.outbox.models import Job, JobState
from identity.contacts import masked_contact
from identity.models import DigitalID, HolderContact, HolderNotice
from identity.numbers import number_key
from registration.models import Contact, Enrollment
from registration.services.housekeeping import delete_evidence
from registration.services.moves import move
from registration.services.renewing import NOTIFY_BEGUN
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.identity.factories import DigitalIDFactory, valid_number
from tests.identity.messages import SENT_TO, kinds_of, run_due_jobs, sent, sent_to
from tests.identity.messages import give_contact as tell_there
from tests.registration.proofs import consented
from tests.registration.renewals import ACTOR, age, ready
from tests.registration.test_notifications import PHONE, folder, give_contact

pytestmark = pytest.mark.django_db
__all__ = ["folder"]  # a fixture


@pytest.fixture
def former(folder) -> DigitalID:
    digital_id = age(DigitalIDFactory())
    tell_there(digital_id)
    return digital_id


def confirmed(key: UUID, *, renewal: bool = True) -> Enrollment:
    """An enrollment whose card data are confirmed just now."""
    read = EnrollmentFactory(state=State.CARD_CAPTURED, renewal=renewal)
    return move(read, "confirm_data", actor=ACTOR, changes={"number_key": key})


def test_a_renewal_that_begins_is_told_to_the_holder_of_the_former_one(former, folder):
    confirmed(former.number_key)
    run_due_jobs()
    assert [kinds_of(former), sent_to(folder)] == [["renewal_begun"], [SENT_TO]]
    [message] = sent(folder)
    assert message["text"].startswith("Somebody has begun to have your digital ID issued anew.")


def test_card_data_confirmed_again_are_told_once(former, folder):
    enrollment = confirmed(former.number_key)
    move(enrollment, "recapture_card", actor=ACTOR)
    Enrollment.objects.update(state=State.CARD_CAPTURED)
    move(enrollment, "confirm_data", actor=ACTOR)
    run_due_jobs()
    assert [kinds_of(former), len(sent(folder))] == [["renewal_begun"], 1]


def test_whether_a_number_has_a_digital_id_shows_in_no_work_of_the_request(former):
    for key in (former.number_key, number_key(valid_number("6" * 12))):
        confirmed(key)
    asked = Job.objects.values_list("kind", flat=True)
    assert [list(asked), HolderNotice.objects.count()] == [[NOTIFY_BEGUN] * 2, 0]
    run_due_jobs()
    assert HolderNotice.objects.count() == 1


def test_a_first_registration_begins_without_a_word(former):
    confirmed(former.number_key, renewal=False)
    assert not Job.objects.exists()


def test_news_of_a_beginning_that_cannot_be_told_is_left(former, monkeypatch):
    monkeypatch.setattr("registration.jobs.notify_begun", None)
    confirmed(former.number_key)
    for _ in range(3):
        run_due_jobs()
    assert Job.objects.get().state == JobState.PARKED


def test_the_address_outlives_the_enrollments_evidence(folder):
    enrollment = ready(valid_number("7" * 12), renewal=False)
    give_contact(enrollment, PHONE)
    activated, _device = consented(enrollment)
    Enrollment.objects.update(state_since=timezone.now() - timedelta(days=91))
    assert sum(delete_evidence()) == 1
    digital_id = DigitalID.objects.get(pk=activated.digital_id)
    assert [Contact.objects.count(), masked_contact(digital_id)] == [0, "…5678"]


def test_a_digital_id_of_before_takes_the_address_its_enrollment_still_has(folder):
    digital_id = DigitalIDFactory()
    enrollment = EnrollmentFactory(
        state=State.ACTIVATED,
        language="en",
        digital_id=digital_id.pk,
        number_key=digital_id.number_key,
    )
    give_contact(enrollment, PHONE)
    migration = import_module("registration.migrations.0006_contacts_of_digital_ids")
    for _ in range(2):
        migration.copy_contacts(apps, None)
    kept = HolderContact.objects.get()
    assert [kept.address, kept.language, kept.number_key] == [SENT_TO, "en", digital_id.number_key]
