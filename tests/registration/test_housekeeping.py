"""What time ends: open enrollments, and pictures of closed ones. A day early is a day too early."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from audit.services import Actor
from core.housekeeping import overdue_seconds
from core.storage import delete_sealed, read_sealed
from registration.models import Contact, Enrollment, Evidence, EvidenceKind
from registration.services import housekeeping
from registration.services.evidence import keep_picture
from registration.services.moves import move
from registration.services.notifications import keep_contact
from registration.states import CLOSED, OPEN, State
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db


def expire_enrollments() -> int:
    return sum(housekeeping.expire_enrollments())


def delete_evidence() -> int:
    return sum(housekeeping.delete_evidence())


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


class Killed(BaseException):
    """As if the worker had been killed: nothing after it runs."""


def test_broken_off_between_a_file_and_its_row_it_is_gone_on_with(monkeypatch):
    cases = [closed(State.REJECTED, since=31 * DAY) for _ in range(3)]

    def delete_and_die(name: str) -> None:
        delete_sealed(name)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(housekeeping, "delete_sealed", delete_and_die)
        with pytest.raises(Killed):
            delete_evidence()
    assert Evidence.objects.filter(deleted_at=None).count() == 3
    assert delete_evidence() == 3
    for case in cases:
        assert Entry.objects.about(case).filter(action="evidence.deleted").count() == 1


def test_one_that_fails_each_time_holds_up_no_other_and_is_told_of(monkeypatch):
    bad, *others = [closed(State.REJECTED, since=days * DAY) for days in (60, 32, 31)]
    name = bad.evidence.get().name

    def fail_for_one(asked: str) -> None:
        if asked == name:
            raise ConnectionError
        delete_sealed(asked)

    monkeypatch.setattr(housekeeping, "delete_sealed", fail_for_one)
    assert delete_evidence() == len(others)
    assert round(overdue_seconds()["pictures"] / DAY.total_seconds()) == 30


def test_a_store_that_is_down_is_not_asked_a_thousand_times(monkeypatch):
    for _ in range(30):
        closed(State.REJECTED, since=31 * DAY)
    asked = []

    def fail(name: str) -> None:
        asked.append(name)
        raise ConnectionError

    monkeypatch.setattr(housekeeping, "delete_sealed", fail)
    with pytest.raises(ConnectionError):
        delete_evidence()
    assert len(asked) == housekeeping.MOST_FAILURES + 1


def test_one_that_was_opened_again_meanwhile_keeps_its_pictures():
    case = closed(State.REJECTED, since=31 * DAY)
    work = housekeeping.delete_evidence()
    other = closed(State.REJECTED, since=90 * DAY)
    assert next(work) == 1  # the older one; the other is in the same batch
    move(case, "reopen", actor=Actor.system("test"))
    assert sum(work) == 1  # looked at, and left alone
    assert [case.evidence.get().deleted_at, other.evidence.get().deleted_at is None] == [
        None,
        False,
    ]


def test_what_comes_after_the_pictures_were_deleted_is_deleted_in_its_turn():
    case = closed(State.REJECTED, since=31 * DAY)
    assert delete_evidence() == 1
    move(case, "reopen", actor=Actor.system("test"))
    keep_picture(case, EvidenceKind.SELFIE, b"another selfie")
    Enrollment.objects.filter(pk=case.pk).update(
        state=State.REJECTED, state_since=timezone.now() - 31 * DAY
    )
    assert [delete_evidence(), case.evidence.filter(deleted_at=None).count()] == [1, 0]
