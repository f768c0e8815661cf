"""Faces and prints are kept to find somebody again, and not for ever."""

import datetime
import uuid
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from audit.models import Entry
from core.tasks import keep_house
from identity.models import DigitalIDStatus
from registration.models import Enrollment
from registration.states import CLOSED, GAVE_UP, OPEN, State
from tests.factories import EnrollmentFactory
from tests.identity.factories import (
    DigitalIDFactory,
    make_person,
    surely_read,
    valid_number,
)
from verification.faces.engine import Embedding
from verification.faces.search import remember_face
from verification.models import FaceTemplate, SeenPicture

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
MINUTE = timedelta(minutes=1)


def with_face(state: State, *, since: timedelta = timedelta()) -> Enrollment:
    """An enrollment whose face and picture are kept."""
    case = EnrollmentFactory(
        state=state, state_since=timezone.now() - since, number_key=uuid.uuid4()
    )
    case.confirmed = make_person(valid_number("612345678901"))
    case.reading, case.password = surely_read(case.confirmed), "a hash"
    case.save()
    vector = np.random.default_rng(1).standard_normal(512).astype(np.float32)
    embedding = Embedding(vector / np.linalg.norm(vector), "a model")
    remember_face(subject=case.pk, owner=case.number_key, embedding=embedding)
    SeenPicture.objects.create(
        digest=uuid.uuid4().bytes, subject=case.pk, key_id="one", code="0" * 512, bands=[0] * 16
    )
    return case


def kept(case: Enrollment) -> list[int]:
    """Faces, prints, and how much of what was given."""
    rows = (FaceTemplate.objects, SeenPicture.objects)
    found = Enrollment.objects.get(pk=case.pk)
    given = [one for one in (found.reading, found.confirmed, found.password) if one]
    return [*(one.filter(subject=case.pk).count() for one in rows), len(given)]


@pytest.mark.parametrize("state", sorted(GAVE_UP))
def test_a_face_goes_a_year_after_an_end_without_result_and_not_before(state):
    over, still = with_face(state, since=YEAR + MINUTE), with_face(state, since=YEAR - MINUTE)
    keep_house()
    keep_house()
    assert [kept(over), kept(still)] == [[0, 0, 0], [1, 1, 3]]
    assert Entry.objects.about(over).filter(action="evidence.face_deleted").count() == 1


@pytest.mark.parametrize("state", sorted(OPEN | CLOSED - GAVE_UP))
def test_the_face_of_an_open_case_and_of_one_with_a_digital_id_stays(state):
    case = with_face(state, since=9 * YEAR)
    if state == State.ACTIVATED:
        DigitalIDFactory(number_key=case.number_key, enrollment_id=case.pk)
    Enrollment.objects.filter(pk=case.pk).update(open_until=timezone.now() + YEAR)
    keep_house()
    assert kept(case) == [1, 1, 3]


@pytest.mark.parametrize(("days", "left"), [(364, [1, 1, 3]), (366, [0, 0, 0])])
def test_the_face_of_a_digital_id_goes_a_year_after_its_last_day(days, left):
    case = with_face(State.ACTIVATED, since=9 * YEAR)
    last = timezone.localdate() - datetime.timedelta(days=days)
    DigitalIDFactory(number_key=case.number_key, enrollment_id=case.pk, expires_on=last)
    keep_house()
    assert kept(case) == left


def test_a_digital_id_that_was_issued_anew_by_the_same_case_keeps_its_face():
    case = with_face(State.ACTIVATED, since=9 * YEAR)
    last = timezone.localdate() - 2 * YEAR
    mine = {"number_key": case.number_key, "enrollment_id": case.pk}
    DigitalIDFactory(**mine, expires_on=last, status=DigitalIDStatus.REVOKED)
    DigitalIDFactory(**mine, expires_on=timezone.localdate() + YEAR)
    keep_house()
    assert kept(case) == [1, 1, 3]
