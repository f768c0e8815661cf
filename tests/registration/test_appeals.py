"""An appeal: once, in time, by the one it is about, to another province; the pictures stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from core.housekeeping import overdue_seconds
from offices.models import Officer
from offices.roles import Role
from registration.errors import Conflict, Forbidden, Refused
from registration.models import Appeal, Decision, Enrollment
from registration.services import decisions as deciding
from registration.services import housekeeping, review
from registration.services.appeals import appeal_end, may_appeal, send_held_appeals
from registration.services.moves import move
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.registration.appeals import CODE, WORDS, ago, appeal, come_by_reference, reject, rejected

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(officer) -> Enrollment:
    """Rejected by an officer of province 12."""
    return rejected(officer)


@pytest.fixture
def other(officer):
    """The only officer of another province."""
    return OfficerFactory(elsewhere=True)


def test_it_waits_at_an_office_of_another_province_from_now_on(case, other, officer):
    ago(case, 3 * DAY)
    filed = appeal(case)
    kept = Appeal.objects.get()
    assert [filed.state, filed.office, filed.reject_reason] == ["waiting_review", other.office, ""]
    assert timezone.now() - filed.waiting_since < MINUTE
    assert [kept.words, kept.reason, kept.from_office_id] == [WORDS, "not_the_same", "1206"]
    assert [kept.provinces, list(kept.officers.all())] == [["12"], [officer]]
    assert WORDS.encode() not in bytes(kept.words_sealed)
    assert review.take_next_case(other).pk == case.pk


def test_it_is_an_entry_without_the_words(case, other):
    appeal(case)
    entry = Entry.objects.about(case).get(action="enrollment.appeal")
    assert [entry.actor_kind, entry.details["from_office"]] == ["citizen", "1206"]
    assert WORDS not in str(entry.details)


def test_the_day_of_the_rejection_does_not_count_and_the_last_one_counts_whole(case, other):
    end = appeal_end(case)
    local = timezone.localtime(case.state_since)
    assert [end.hour, end.minute, (end.date() - local.date()).days] == [0, 0, 16]


@pytest.mark.parametrize(("beside", "may"), [(-timedelta(seconds=5), True), (timedelta(0), False)])
def test_at_the_border_it_is_in_time_or_too_late(case, other, time_machine_at, beside, may):
    time_machine_at(appeal_end(case) + beside)
    assert may_appeal(case) is may
    if may:
        assert appeal(case).state == State.WAITING_REVIEW
    else:
        with pytest.raises(Conflict, match="appeal_too_late"):
            appeal(case)


@pytest.fixture
def time_machine_at(case, monkeypatch):
    """Moves what `timezone.now` says; nothing else of the clock."""

    def travel(to) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    return travel


def test_a_second_appeal_is_refused_also_after_a_second_rejection(case, other):
    with pytest.raises(Conflict, match="appealed_already"):
        appeal(appeal(case))
    again = reject(Enrollment.objects.get(pk=case.pk), other)
    assert may_appeal(again) is False
    with pytest.raises(Conflict, match="appealed_already"):
        appeal(again)


@pytest.mark.parametrize("state", sorted(set(State) - {State.REJECTED}))
def test_there_is_nothing_to_appeal_against_in_any_other_state(state, other):
    with pytest.raises(Conflict, match="nothing_to_appeal"):
        appeal(EnrollmentFactory(state=state))
    assert not Appeal.objects.exists()


def test_what_the_machine_referred_to_the_other_way_is_no_rejection(officer, other):
    asked = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=officer)
    asked = deciding.ask_for_retake(asked, officer=officer, reasons=["face_unclear"])
    Enrollment.objects.filter(pk=asked.pk).update(state=State.CHECKING)
    changes = {"reject_reason": "already_registered"}
    referred = move(asked, "refer", actor=housekeeping.CLOCK, changes=changes)
    with pytest.raises(Conflict, match="nothing_to_appeal"):
        appeal(referred)


@pytest.mark.parametrize("words", ["", "  \n ", "ก" * 1001])
def test_it_says_something_and_not_a_book(case, other, words):
    with pytest.raises(Refused):
        appeal(case, words=words)
    assert not Appeal.objects.exists()


def test_reference_and_number_need_the_code_on_the_back_of_the_card_too(case, other):
    come_by_reference(case)
    for code in ("", "JT1234567891"):
        with pytest.raises(Forbidden, match="wrong_card_code"):
            appeal(case, card_code=code)
    assert appeal(case, card_code="jt1-2345678-90").state == State.WAITING_REVIEW


def test_a_code_that_was_never_read_opens_nothing(case, other):
    with pytest.raises(Forbidden, match="came_back"):
        appeal(come_by_reference(case, code=""), card_code="")


def test_the_code_is_not_guessed(case, other):
    come_by_reference(case)
    for _ in range(5):
        with pytest.raises(Forbidden):
            appeal(case, card_code="AA0000000000")
    with pytest.raises(Refused, match="too_many_tries"):
        appeal(case, card_code=CODE)


def test_the_pictures_stay_while_it_is_open_and_the_ordinary_time_after(case, other):
    ago(case, 14 * DAY)
    appeal(case)
    Enrollment.objects.update(state_since=timezone.now() - 400 * DAY, open_until=timezone.now())
    assert [sum(housekeeping.delete_evidence()), sum(housekeeping.expire_enrollments())] == [0, 0]
    again = reject(Enrollment.objects.get(pk=case.pk), other)
    ago(again, 30 * DAY - MINUTE)
    assert sum(housekeeping.delete_evidence()) == 0
    assert Appeal.objects.get().words == WORDS
    ago(again, 30 * DAY + MINUTE)
    assert sum(housekeeping.delete_evidence()) == 1
    assert [Appeal.objects.get().words, case.evidence.filter(deleted_at=None).count()] == [None, 0]


def test_the_pictures_are_there_as_long_as_an_appeal_is_possible(case, settings):
    settings.EVIDENCE_KEPT_AFTER_REJECTION = DAY
    ago(case, 15 * DAY)
    assert sum(housekeeping.delete_evidence()) == 0


def test_asked_for_a_new_photo_the_citizen_has_all_the_time_for_it(case, other, settings):
    appeal(case)
    Enrollment.objects.update(open_until=timezone.now() - DAY)
    held = review.take_case(Enrollment.objects.get(), officer=other)
    asked = deciding.ask_for_retake(held, officer=other, reasons=["face_unclear"])
    assert asked.open_until - timezone.now() > settings.ENROLLMENT_OPEN_FOR - MINUTE


def test_without_another_office_it_is_held_and_goes_when_there_is_one(case, officer):
    OfficerFactory(office=OfficeFactory(code="1207"))  # of the same province
    OfficerFactory(elsewhere=True, is_active=False)
    OfficerFactory(administrator=True)
    ago(case, DAY)
    held = appeal(case)
    Appeal.objects.update(filed_at=timezone.now() - MINUTE)
    assert [held.state, held.office] == ["waiting_review", None]
    assert [sum(send_held_appeals()), overdue_seconds()["appeals"] >= 60] == [0, True]
    able = OfficerFactory(office=OfficeFactory(code="5001"))
    assert [sum(send_held_appeals()), sum(send_held_appeals())] == [1, 0]
    assert [Enrollment.objects.get().office, overdue_seconds()["appeals"]] == [able.office, 0]


@pytest.mark.parametrize(
    ("left", "moves"),
    [({}, 1), ({"is_active": True}, 0), ({"provincial": True}, 0), ({"barred": True}, 1)],
)
def test_an_office_that_lost_its_officers_loses_its_appeals(case, officer, left, moves):
    """Unless the officer of its province can take them, who had no hand in the rejection."""
    first = OfficerFactory(office=OfficeFactory(code="5001"))
    assert appeal(case).office == first.office
    Officer.objects.filter(pk=first.pk).update(is_active=left.get("is_active", False))
    near = OfficeFactory(code="5002")
    if "provincial" in left:
        OfficerFactory(office=near, role="provincial")
    if "barred" in left:
        Appeal.objects.get().officers.add(OfficerFactory(office=first.office))
    able = OfficerFactory(office=OfficeFactory(code="9001"))
    assert sum(send_held_appeals()) == moves
    assert Enrollment.objects.get().office == (able.office if moves else first.office)


def test_an_officer_who_moved_takes_the_province_out_of_the_draw(case, officer, other):
    officer.office = other.office
    officer.save()
    assert appeal(case).office is None


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PROVINCIAL])
def test_any_role_that_decides_makes_an_office_able(case, role):
    able = OfficerFactory(role=role, elsewhere=True)
    assert appeal(case).office == able.office


def test_the_draw_reaches_every_able_office(officer):
    able = {OfficerFactory(office=OfficeFactory(code=code)).office_id for code in ("5001", "9001")}
    drawn = {appeal(rejected(officer)).office_id for _ in range(40)}
    assert drawn == able


def test_its_decision_is_an_entry_of_its_own(case, other):
    appeal(case)
    held = review.take_case(Enrollment.objects.get(), officer=other)
    deciding.approve_enrollment(held, officer=other)
    entry = Entry.objects.about(case).get(action="enrollment.appeal_decided")
    assert [entry.details["outcome"], entry.actor_id] == ["approve", str(other.pk)]


def test_a_word_of_approval_from_before_does_not_count_as_one_of_two(officer, other, settings):
    settings.SECOND_LOOK_SHARE = 1.0
    case = rejected(officer)
    Decision.objects.create(
        enrollment=case, officer=OfficerFactory(), move="pass_to_second", reason="would_approve"
    )
    Decision.objects.filter(move="reject").update(decided_at=timezone.now())
    appeal(case)
    held = review.take_case(Enrollment.objects.get(), officer=other)
    assert deciding.approve_enrollment(held, officer=other).state == State.SECOND_REVIEW
