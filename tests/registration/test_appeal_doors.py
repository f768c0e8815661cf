"""Whoever had a hand in a rejection, and their province, finds every door to the appeal closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.models import Membership, Officer
from offices.roles import Role
from registration.errors import Conflict, Refused
from registration.models import CounterVisit, Decision, Enrollment, GuardedAct, SecondPersonRequest
from registration.services import review, review_history
from registration.services.counter import check_reopening
from registration.services.review_numbers import supervisors_numbers
from registration.services.review_queue import choose, counts
from registration.services.review_search import search_cases
from registration.services.second_person import ask_second_person
from registration.states import State
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import REASON
from tests.registration.appeals import WORDS, appeal, reject, rejected

pytestmark = pytest.mark.django_db
GETS = [("case", {}), ("picture", {"kind": "selfie"}), ("face", {"kind": "selfie"})]
POSTS = ["take", "hold", "release", "decide", "undo"]


@pytest.fixture
def other() -> Officer:
    return OfficerFactory(elsewhere=True)


@pytest.fixture
def filed(officer, other) -> Enrollment:
    """The appeal against what `officer` rejected, at the office of `other`."""
    return appeal(rejected(officer))


def barred(kind: str, officer: Officer) -> Officer:
    """Somebody who must not see what `officer` rejected."""
    if kind == "rejected it, and moved":
        officer.office = OfficeFactory(code="5001")
        officer.save()
        return officer
    if kind == "rejected it, and looks into cases":
        Officer.objects.filter(pk=officer.pk).update(role=Role.AUDITOR, office=None)
        return Officer.objects.get(pk=officer.pk)
    if kind.endswith("office too"):
        return works_for_both("1206" if kind == "for the same office too" else "1207")
    made = {
        "rejected it": lambda: officer,
        "same office": OfficerFactory,
        "same province": lambda: OfficerFactory(office=OfficeFactory(code="1207")),
        "provincial": lambda: OfficerFactory(provincial=True),
    }
    return made[kind]()


def works_for_both(code: str) -> Officer:
    """Of another office of the province that rejected it, and acting where the appeal is."""
    officer = OfficerFactory(elsewhere=True)
    Membership.objects.create(officer=officer, office=officer.office)
    Membership.objects.create(officer=officer, office=OfficeFactory(code=code))
    return officer


BARRED = [
    "for the same office too",
    "for the province's office too",
    "rejected it",
    "rejected it, and moved",
    "rejected it, and looks into cases",
    "same office",
    "same province",
    "provincial",
]


@pytest.mark.parametrize("kind", BARRED)
def test_no_page_of_it_opens_nor_does_a_press_do_anything(kind, filed, officer, client, signed_in):
    staff = signed_in(client, barred(kind, officer))
    answers = [
        staff.get(reverse(f"review:{name}", kwargs={"pk": filed.pk} | more)).status_code
        for name, more in GETS
    ]
    answers += [
        staff.post(reverse(f"review:{name}", args=[filed.pk])).status_code for name in POSTS
    ]
    assert set(answers) <= {404, 403}
    assert set(answers[: len(GETS)]) == {404}
    assert Enrollment.objects.get().state == State.WAITING_REVIEW


@pytest.mark.parametrize("kind", BARRED)
def test_it_is_in_no_list_and_no_search_and_comes_next_for_none_of_them(kind, filed, officer):
    who = barred(kind, officer)
    assert search_cases(filed.reference, officer=who) == []
    assert sum(counts(choose(who, {})).values()) == 0
    assert review.take_next_case(who) is None
    assert supervisors_numbers(who).waiting == 0


@pytest.mark.parametrize("kind", ["rejected it", "rejected it, and moved"])
def test_it_is_neither_taken_nor_given_by_whoever_goes_past_the_pages(kind, filed, officer):
    who = barred(kind, officer)
    with pytest.raises(Conflict):
        review.take_case(filed, officer=who)
    with pytest.raises(Refused):
        review.reassign_case(
            filed, to=who, by=OfficerFactory(supervisor=True, elsewhere=True), reason=REASON
        )


def hands_of(case: Enrollment) -> dict[str, Officer]:
    """Everybody who had a hand in it: each is of the office that will have the appeal, by now."""
    names = ("passed it on", "sat at the counter", "asked to open it", "declined that")
    who = dict(zip(names, OfficerFactory.create_batch(4), strict=True))
    Decision.objects.create(enrollment=case, officer=who["passed it on"], move="pass_to_second",
        decided_at=timezone.now() - timedelta(hours=1))  # fmt: skip
    CounterVisit.objects.create(enrollment=case, officer=who["sat at the counter"])
    SecondPersonRequest.objects.create(
        enrollment=case, act=GuardedAct.REOPEN, asked_by=who["asked to open it"],
        asked_role="supervisor", answer="declined", answered_by=who["declined that"],
    )  # fmt: skip
    return who


def test_everybody_who_had_a_hand_in_it_is_barred_wherever_they_are_later(officer, other):
    case = rejected(officer)
    who = hands_of(case)
    filed = appeal(case)
    Officer.objects.filter(pk__in=[one.pk for one in who.values()]).update(office=other.office)
    reach = {
        name: Enrollment.objects.visible_to(Officer.objects.get(pk=one.pk)).exists()
        for name, one in who.items()
    }
    assert reach == dict.fromkeys(who, False)
    assert Enrollment.objects.visible_to(other).get() == filed


def test_a_request_to_open_it_again_ends_and_none_comes_after_the_second_rejection(officer, other):
    case = rejected(officer)
    supervisor = OfficerFactory(supervisor=True)
    ask_second_person(case, act="reopen", officer=supervisor, message="why")
    appeal(case)
    again = reject(Enrollment.objects.get(), other)
    request = SecondPersonRequest.objects.get()
    assert [request.answer, request.answered_by] == ["declined", None]
    with pytest.raises(Conflict, match="appeal_decided"):
        check_reopening(again, "why")


def test_who_decided_before_is_told_once_it_is_decided(filed, officer, other, client, signed_in):
    staff = signed_in(client, other)
    page = staff.get(reverse("review:case", args=[filed.pk])).content.decode()
    assert WORDS in page
    assert officer.name not in page
    assert review_history.is_blind(filed, other) is True
    decided = reject(Enrollment.objects.get(), other)
    page = staff.get(reverse("review:case", args=[decided.pk])).content.decode()
    assert officer.name in page


def test_its_decisions_are_counted_where_they_were_made(filed, officer, other):
    here, there = (
        OfficerFactory(supervisor=True, office=one.office, name=f"S{one.office_id}")
        for one in (officer, other)
    )
    names = [[day.name for day in supervisors_numbers(one).officers] for one in (here, there)]
    assert names == [[officer.name], []]
    assert [supervisors_numbers(one).waiting for one in (here, there)] == [0, 1]
