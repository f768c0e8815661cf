"""Reasons and their words, decisions taken back, cases drawn for two, cases put in other hands."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from registration.errors import Conflict, Refused
from registration.models import Decision, DecisionReason, Enrollment
from registration.services import decisions as deciding
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.levers import REASON, prove_factor
from tests.registration.proofs import password_set, with_key

pytestmark = pytest.mark.django_db
PASSWORD = "ฝนตกที่ทะเล-2566"


@pytest.fixture
def held(officer) -> Enrollment:
    case = EnrollmentFactory(state=State.WAITING_REVIEW, language="th")
    return review.take_case(case, officer=officer)


class TestReasons:
    def test_several_make_one_message_in_the_citizens_language(self, held, officer):
        chosen = ["challenge", "card_unclear"]
        case = deciding.ask_for_retake(held, officer=officer, reasons=chosen)
        texts = [DecisionReason.objects.get(pk=code).text_th for code in chosen]
        kept = case.decisions.get()
        assert sorted(kept.message.splitlines()) == sorted(texts)
        assert kept.reasons == ["challenge", "card_unclear"]

    def test_the_card_goes_first_since_the_selfie_follows_it(self, held, officer):
        chosen = ["challenge", "card_unclear"]
        case = deciding.ask_for_retake(held, officer=officer, reasons=chosen)
        assert case.retake_reason == "card_unclear"

    @pytest.mark.parametrize("reasons", [[], ["challenge"], ["not_the_same", "made_up"]])
    def test_one_that_is_not_for_this_decision_is_refused(self, held, officer, reasons):
        with pytest.raises(Refused):
            deciding.reject_enrollment(held, officer=officer, reasons=reasons)
        assert not Decision.objects.exists()

    def test_one_out_of_use_is_refused(self, held, officer):
        DecisionReason.objects.filter(pk="other").update(active=False)
        with pytest.raises(Refused):
            deciding.reject_enrollment(held, officer=officer, reasons=["other"])

    def test_a_new_one_stands_for_the_machines_word(self, held, officer):
        DecisionReason.objects.create(
            code="glasses", move="ask_retake", stands_for="face_unclear", text_th="ถอดแว่น",
            text_en="Take your glasses off.",
        )  # fmt: skip
        case = deciding.ask_for_retake(held, officer=officer, reasons=["glasses"])
        assert (case.retake_reason, case.decisions.get().message) == ("face_unclear", "ถอดแว่น")


def decided(move: str, case: Enrollment, officer) -> Enrollment:
    if move == "approve":
        return deciding.approve_enrollment(case, officer=officer)
    if move == "pass_to_second":
        return deciding.pass_to_second_officer(case, officer=officer)
    code = {"reject": "other", "ask_retake": "challenge"}[move]
    decide = {"reject": deciding.reject_enrollment, "ask_retake": deciding.ask_for_retake}[move]
    return decide(case, officer=officer, reasons=[code])


class TestUndo:
    @pytest.mark.parametrize("move", ["approve", "reject", "ask_retake", "pass_to_second"])
    def test_a_fresh_decision_is_taken_back_and_the_case_is_held_again(self, held, officer, move):
        case = deciding.undo_decision(decided(move, held, officer), officer=officer)
        assert (case.state, case.held_by) == (State.IN_REVIEW, officer)
        assert (case.reject_reason, case.retake_reason) == ("", "")
        assert not case.decisions.in_force().exists()

    def test_whoever_took_passing_on_back_may_decide(self, held, officer):
        case = deciding.undo_decision(decided("pass_to_second", held, officer), officer=officer)
        assert decided("approve", case, officer).state == State.VERIFIED

    def test_after_half_a_minute_it_stands(self, held, officer):
        case = decided("approve", held, officer)
        Decision.objects.update(decided_at=F("decided_at") - timedelta(seconds=31))
        with pytest.raises(Conflict):
            deciding.undo_decision(case, officer=officer)

    def test_a_colleagues_is_not_taken_back(self, held, officer):
        case = decided("approve", held, officer)
        with pytest.raises(Conflict):
            deciding.undo_decision(case, officer=OfficerFactory())

    def test_what_the_citizen_has_gone_on_from_stands(self, held, officer):
        case = decided("approve", held, officer)
        password_set(with_key(case), PASSWORD)
        with pytest.raises(Conflict):
            deciding.undo_decision(case, officer=officer)
        assert Enrollment.objects.get().state == State.PASSWORD_SET

    def test_by_the_page_it_takes_one_press(self, client, held, officer, signed_in):
        staff = signed_in(client, officer)
        after = staff.post(
            reverse("review:decide", args=[held.pk]), {"move": "approve"}, follow=True
        )
        assert reverse("review:undo", args=[held.pk]) in after.text
        staff.post(reverse("review:undo", args=[held.pk]))
        assert Enrollment.objects.get().state == State.IN_REVIEW


class TestTheDraw:
    def test_a_drawn_approval_takes_two(self, held, officer, settings):
        settings.SECOND_LOOK_SHARE = 1.0
        case = deciding.approve_enrollment(held, officer=officer)
        assert case.state == State.SECOND_REVIEW
        second, while_ago = OfficerFactory(), timezone.now() - timedelta(minutes=1)
        Enrollment.objects.update(state_since=while_ago)
        case = review.take_case(Enrollment.objects.get(), officer=second)
        assert deciding.approve_enrollment(case, officer=second).state == State.VERIFIED

    def test_about_its_share_is_drawn_and_always_the_same(self, settings):
        settings.SECOND_LOOK_SHARE = 0.3
        cases = [Enrollment() for _ in range(400)]
        drawn = [deciding.drawn_for_second(case) for case in cases]
        assert drawn == [deciding.drawn_for_second(case) for case in cases]
        assert 70 < sum(drawn) < 170


class TestReassigning:
    def test_a_supervisor_puts_a_held_case_into_other_hands(self, client, held, signed_in):
        supervisor, other = OfficerFactory(role="supervisor"), OfficerFactory()
        staff = signed_in(client, supervisor)
        prove_factor(staff, supervisor)
        given = {"officer": other.pk, "reason": REASON}
        staff.post(reverse("review:reassign", args=[held.pk]), given)
        assert Enrollment.objects.get().held_by == other
        entry = Entry.objects.get(action="enrollment.reassign")
        assert [entry.actor_id, entry.reason] == [str(supervisor.pk), REASON]

    @pytest.mark.parametrize(
        ("given", "minutes"), [({}, 0), ({"reason": "short"}, 0), ({"reason": REASON}, 60)]
    )
    def test_not_without_a_reason_and_a_fresh_code(
        self, client, held, officer, signed_in, given, minutes
    ):
        supervisor, other = OfficerFactory(role="supervisor"), OfficerFactory()
        staff = signed_in(client, supervisor)
        prove_factor(staff, supervisor, ago=60 * minutes)
        page = reverse("review:reassign", args=[held.pk])
        answer = staff.post(page, {"officer": other.pk, **given})
        assert Enrollment.objects.get().held_by == officer
        asked = reverse("mfa_reauthenticate") if minutes else reverse("review:case", args=[held.pk])
        assert answer.url.partition("?")[0] == asked

    def test_not_into_those_of_another_office(self, held):
        stranger = OfficerFactory(elsewhere=True)
        with pytest.raises(Refused):
            review.reassign_case(
                held, to=stranger, by=OfficerFactory(role="supervisor"), reason=REASON
            )

    def test_nor_back_to_who_passed_it_on(self, held, officer):
        case = decided("pass_to_second", held, officer)
        with pytest.raises(Conflict):
            review.reassign_case(
                case, to=officer, by=OfficerFactory(role="supervisor"), reason=REASON
            )

    def test_whoever_lost_the_case_is_told_to_whom(self, held, officer):
        other = OfficerFactory(name="Kanya")
        review.reassign_case(held, to=other, by=OfficerFactory(role="supervisor"), reason=REASON)
        with pytest.raises(Conflict) as told:
            deciding.approve_enrollment(held, officer=officer)
        assert "Kanya" in str(told.value.message)


def test_the_slower_of_two_hears_who_decided_what(held, officer):
    officer.name = "Somsri"
    officer.save()
    decided("approve", held, officer)
    with pytest.raises(Conflict) as told:
        deciding.reject_enrollment(held, officer=OfficerFactory(), reasons=["other"])
    assert all(word in str(told.value.message) for word in ("Somsri", "Verified"))
