"""A store that is gone for a while is not the citizen's fault: no new photo of a good card."""

import pytest
from django.utils import timezone

from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from registration.models import Enrollment, EvidenceKind
from registration.services.capture import READ_CARD
from registration.services.evidence import keep_picture
from registration.states import State
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def captured() -> Enrollment:
    enrollment = EnrollmentFactory(state=State.CARD_CAPTURED)
    for kind in (EvidenceKind.CARD_FRONT, EvidenceKind.CARD_BACK):
        keep_picture(enrollment, kind, b"a picture")
    return enrollment


def run_five_times(job: Job) -> None:
    for _ in range(5):
        Job.objects.update(not_before=timezone.now())
        outbox.run(job.pk)


def test_no_new_photo_is_asked_for_while_the_store_is_gone(captured, settings):
    job = outbox.enqueue(READ_CARD, captured.pk)
    nowhere = {"location": "/dev/null/x", "base_url": None}
    gone = settings.STORAGES["evidence"] | {"OPTIONS": nowhere}
    settings.STORAGES = settings.STORAGES | {"evidence": gone}
    run_five_times(job)
    captured.refresh_from_db()
    job.refresh_from_db()
    assert [job.state, job.deliveries, job.error] == [JobState.READY, 0, "StoreFails"]
    assert [captured.state, captured.card_problem] == [State.CARD_CAPTURED, ""]


def test_a_picture_that_cannot_be_worked_on_is_still_asked_for_again(captured, monkeypatch):
    job = outbox.enqueue(READ_CARD, captured.pk)

    def breaks(*_pictures: bytes, **_options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("registration.jobs.read_card", breaks)
    run_five_times(job)
    captured.refresh_from_db()
    assert [Job.objects.get(pk=job.pk).state, captured.card_problem != ""] == [
        JobState.PARKED,
        True,
    ]
