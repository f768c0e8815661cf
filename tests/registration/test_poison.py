"""Evidence that no job can work on: to a person with the reason, and not round and round."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import F

from core.outbox.models import Job, JobState
from core.outbox.sweeping import sweep
from registration.models import EvidenceKind
from registration.services.evidence import current_picture
from tests.walks import Walk, card_photos, run_jobs

pytestmark = pytest.mark.django_db


def spoil(walk: Walk, kind: str) -> None:
    name = current_picture(walk.enrollment, kind).name
    storage = storages["evidence"]
    storage.delete(name)
    storage.save(name, ContentFile(b"no longer what was sealed"))


def try_for_ever() -> int:
    """Run the jobs as workers would, hours on end; how often one was tried at most."""
    for _ in range(6):
        Job.objects.filter(state=JobState.READY).update(
            not_before=F("not_before") - timedelta(hours=1)
        )
        sweep()
        run_jobs()
    return max(Job.objects.values_list("deliveries", flat=True))


def test_a_spoilt_selfie_goes_to_an_officer_after_three_tries(settings):
    walk = Walk().to_selfie()
    walk.send_selfie(0)
    spoil(walk, EvidenceKind.SELFIE)

    assert try_for_ever() == settings.JOB_MAX_DELIVERIES
    assert walk.enrollment.state == "waiting_review"
    assert Job.objects.get(state=JobState.PARKED).error == "CannotOpen"


def test_a_spoilt_card_is_asked_for_again(settings):
    walk = Walk()
    walk.photograph_card(*card_photos(0))
    spoil(walk, EvidenceKind.CARD_FRONT)

    assert try_for_ever() == settings.JOB_MAX_DELIVERIES
    assert walk.refresh()["step"] == "card_front"
