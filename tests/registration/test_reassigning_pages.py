"""The supervisor's page of the work, and moving cases together by its forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.models import Enrollment, Finding, Reassignment
from registration.services import review
from registration.services.workload import workload_of
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.levers import administrators_client as proven
from tests.registration.reassignments import WHY, ago, held, now_held_by, waiting

pytestmark = pytest.mark.django_db
WORK, MOVE = "/staff/workload/", "/staff/workload/move/"


def hands(*officers, **more) -> dict:
    ids = [str(one.pk) for one in officers]
    return {"form": "hands", "way": "hands_back", "officers": ids, "reason": WHY} | more


def line(**more) -> dict:
    return {"form": "line", "way": "line_given", "office": "1206", "count": 5, "reason": WHY} | more


def confirm(desk, **more):
    shown = desk.get(MOVE).context["plan"].digest()
    return desk.post(MOVE, {"shown": shown} | more)


def test_the_work_is_counted_by_age_by_reason_and_by_hands(chief):
    for period in ({"minutes": 5}, {"hours": 2}, {"hours": 5}, {"days": 2}):
        EnrollmentFactory(state=State.WAITING_REVIEW, state_since=ago(**period))
    for case in Enrollment.objects.order_by("waiting_since")[:2]:
        case.findings.create(check_name="liveness", outcome="doubtful", attempt=0)
    EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="5001"))
    officer, _free = OfficerFactory.create_batch(2)
    case = review.take_next_case(officer)
    work = workload_of(chief)
    assert (work.waiting, work.late, len(work.in_hand), work.officers, work.free) == (3, 1, 1, 3, 2)
    assert [share.count for share in work.ages] == [1, 1, 1, 0]
    assert [(share.query, share.count) for share in work.reasons] == [("doubt=liveness", 1)]
    assert [one.pk for one in work.in_hand] == [case.pk]
    assert (work.offices[0].office.pk, work.offices[0].waiting, work.offices[0].held) == (
        "1206", 3, 1,
    )  # fmt: skip
    assert Finding.objects.count() == 2


def test_each_number_of_a_reason_is_that_of_its_list(chief, client, signed_in):
    for doubts in (["liveness"], ["liveness", "face_match"], []):
        case = EnrollmentFactory(state=State.WAITING_REVIEW)
        for name in doubts:
            case.findings.create(check_name=name, outcome="failed", attempt=0)
    desk = signed_in(client, chief)
    shares = workload_of(chief).reasons
    listed = {
        share.query: len(desk.get(f"/staff/queue/?{share.query}").context["page"].cases)
        for share in shares
    }
    assert listed == {share.query: share.count for share in shares}
    assert listed == {"doubt=liveness": 2, "doubt=face_match": 1}


@pytest.mark.parametrize("cases", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_case_as_for_many(
    client, signed_in, province, django_assert_max_num_queries, cases
):
    held(OfficerFactory.create_batch(cases))
    waiting(cases)
    desk = signed_in(client, province)
    with django_assert_max_num_queries(24):
        assert desk.get(WORK).status_code == 200


def test_from_the_form_to_the_result_and_back(chief):
    officers = OfficerFactory.create_batch(2)
    held(officers)
    desk = proven(chief)
    assert desk.post(WORK, hands(*officers)).url == MOVE
    page = desk.get(MOVE)
    assert page.context["effect"] == [
        "2 citizens' cases go back to the queue.",
        "They are taken out of the hands of 2 officers.",
    ]
    assert Enrollment.objects.filter(state=State.IN_REVIEW).count() == 2  # shown, not done
    done = confirm(desk)
    assert set(now_held_by().values()) == {None}
    result = desk.get(done.url)
    assert [row.left for row in result.context["rows"]] == ["", ""]
    desk.post(f"{done.url}undo/")
    assert {one.pk for one in officers} == set(now_held_by().values())
    assert desk.get(done.url).context["undone"] == 2


def test_a_fresh_second_factor_comes_first(client, signed_in, chief):
    officers = OfficerFactory.create_batch(1)
    held(officers)
    desk = signed_in(client, chief)
    desk.post(WORK, hands(*officers))
    for answer in (desk.get(MOVE), desk.post(MOVE, {"shown": "x"})):
        assert answer.url.startswith("/staff/account/2fa/reauthenticate/"), answer.url
    assert None not in now_held_by().values()


def test_a_preview_that_is_stale_says_so_and_shows_what_would_be_now(chief):
    officers = OfficerFactory.create_batch(2)
    cases = held(officers)
    desk = proven(chief)
    desk.post(WORK, hands(*officers))
    shown = desk.get(MOVE).context["plan"].digest()
    review.release_case(cases[0], officer=officers[0])
    answer = desk.post(MOVE, {"shown": shown})
    assert answer.status_code == 409
    assert [step.case.pk for step in answer.context["plan"].steps] == [cases[1].pk]
    assert now_held_by()[cases[1].pk] == officers[1].pk
    assert confirm(desk).status_code == 302
    assert set(now_held_by().values()) == {None}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"form": "hands", "way": "hands_back", "reason": WHY}, "officers"),
        (line(), "to"),
        (line(count=51, to=[]), "count"),
        (line(count=0), "count"),
        (line(way="line_moved", to_office="1201"), "way"),
        (line(reason="short"), "reason"),
        (line(reason="Number 1-1037-00001-23-4 waits."), "reason"),
        (line(office="5001"), "office"),
        (line(doubt="nonsense"), "doubt"),
    ],
)
def test_what_is_filled_in_wrongly_is_said_at_its_field(chief, sent, field):
    held(OfficerFactory.create_batch(1))
    waiting(1)
    EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="5001"))
    answer = proven(chief).post(WORK, sent)
    assert answer.status_code == 422
    assert field in answer.context["sent"].errors


def test_nobody_elsewhere_is_offered_or_taken(chief):
    stranger = OfficerFactory(elsewhere=True)
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=stranger.office)
    review.take_case(case, officer=stranger)
    waiting(1)
    desk = proven(chief)
    assert "officers" in desk.post(WORK, hands(stranger)).context["sent"].errors
    assert "to" in desk.post(WORK, line(to=[str(stranger.pk)])).context["sent"].errors


def test_a_provincial_officer_moves_the_end_of_a_line(province):
    waiting(3)
    OfficerFactory(office=OfficeFactory(code="1201"))
    desk = proven(province)
    same = desk.post(WORK, line(way="line_moved", to_office="1206"))
    assert "to_office" in same.context["sent"].errors
    desk.post(WORK, line(way="line_moved", to_office="1201", count=1))
    confirm(desk)
    assert sorted(Enrollment.objects.values_list("office", flat=True)) == ["1201", "1206", "1206"]


def test_the_result_is_only_for_whoever_did_it(chief):
    officers = OfficerFactory.create_batch(1)
    held(officers)
    desk = proven(chief)
    desk.post(WORK, hands(*officers))
    page = confirm(desk).url
    other = proven(OfficerFactory(supervisor=True))
    assert [other.get(page).status_code, other.post(f"{page}undo/").status_code] == [404, 404]
    assert Reassignment.objects.get().undone_at is None


def test_what_waits_since_when_is_the_same_after_it(chief):
    case = EnrollmentFactory(state=State.WAITING_REVIEW, state_since=ago(hours=5))
    to = OfficerFactory()
    desk = proven(chief)
    desk.post(WORK, line(to=[str(to.pk)]))
    confirm(desk)
    kept = Enrollment.objects.get()
    assert (kept.held_by_id, kept.waiting_since, kept.is_late) == (to.pk, case.waiting_since, True)
    assert kept.held_until < timezone.now() + timedelta(minutes=1)
