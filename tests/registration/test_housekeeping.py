"""What time ends: open enrollments, and pictures of closed ones. A day early is a day too early."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from audit.services import Actor
from core.storage import delete_sealed, read_sealed
from registration.models import Contact, Enrollment, EvidenceKind
from registration.services.evidence import keep_picture
from registration.services.housekeeping import delete_evidence, expire_enrollments
from registration.services.notifications import keep_contact
from registration.states import CLOSED, OPEN, State
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def closed(state: State, *, since: timedelta) -> Enrollment:
    """One with a selfie, whose state is as it is `since` then."""
    case = EnrollmentFactory(state=state, state_since=timezone.now() - since)
    keep_picture(case, EvidenceKind.SELFIE, b"a selfie")
    return case


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_open_enrollment_ends_wherever_it_stands_when_its_time_is_over(state):
    case = EnrollmentFactory(state=state, open_until=timezone.now() - SECOND)
    assert expire_enrollments() == 1
    case.refresh_from_db()
    entry = Entry.objects.about(case).get()
    assert [case.state, entry.actor_kind, entry.details["previous"]] == ["expired", "system", state]


def test_nothing_ends_before_its_time_and_nothing_ends_twice():
    EnrollmentFactory(open_until=timezone.now() + timedelta(minutes=1))
    for state in CLOSED:
        EnrollmentFactory(state=state, open_until=timezone.now() - DAY)
    before = set(Enrollment.objects.values_list("pk", "state", "state_since"))
    assert expire_enrollments() == 0
    assert set(Enrollment.objects.values_list("pk", "state", "state_since")) == before


def test_the_pictures_of_an_enrollment_that_has_just_ended_are_still_kept():
    case = EnrollmentFactory(state=State.CHECKING, open_until=timezone.now() - 99 * DAY)
    keep_picture(case, EvidenceKind.SELFIE, b"a selfie")
    expire_enrollments()
    assert [delete_evidence(), case.evidence.filter(deleted_at=None).count()] == [0, 1]


@pytest.mark.parametrize(
    ("state", "days"),
    [(State.REJECTED, 30), (State.EXPIRED, 30), (State.WITHDRAWN, 30), (State.ACTIVATED, 90)],
)
def test_pictures_are_kept_as_long_as_the_terms_say_and_no_longer(state, days):
    kept = closed(state, since=days * DAY - timedelta(minutes=1))
    over = closed(state, since=days * DAY + SECOND)
    assert delete_evidence() == 1
    gone, still = over.evidence.get(), kept.evidence.get()
    assert [gone.deleted_at is None, still.deleted_at] == [False, None]
    assert read_sealed(still.name) == b"a selfie"
    with pytest.raises(FileNotFoundError):
        read_sealed(gone.name)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_pictures_of_an_open_enrollment_are_never_deleted(state):
    case = closed(state, since=400 * DAY)
    assert [delete_evidence(), read_sealed(case.evidence.get().name)] == [0, b"a selfie"]


def test_the_ones_that_were_replaced_and_the_address_go_with_them_and_it_is_recorded_once():
    case = closed(State.REJECTED, since=31 * DAY)
    keep_picture(case, EvidenceKind.SELFIE, b"another selfie")
    keep_picture(case, EvidenceKind.CARD_FRONT, b"a card")
    someone = Actor.system("test")
    keep_contact(case, channel="email", address="somying@example.org", actor=someone)
    assert [delete_evidence(), delete_evidence()] == [1, 0]
    assert not case.evidence.filter(deleted_at=None).exists()
    assert not Contact.objects.filter(pk=case.pk).exists()
    entry = Entry.objects.about(case).get(action="evidence.deleted")
    assert [entry.details["pictures"], entry.actor_kind] == [3, "system"]


def test_a_file_that_is_gone_already_does_not_stop_the_others():
    lost, other = (closed(State.EXPIRED, since=days * DAY) for days in (40, 35))
    delete_sealed(lost.evidence.get().name)
    assert delete_evidence() == 2
    assert not other.evidence.filter(deleted_at=None).exists()
