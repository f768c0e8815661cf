"""The officers' pages through the client: the queue, a case, the decisions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registration.models import Decision, Enrollment, Finding
from registration.services.review import take_case
from registration.services.review_queue import PAGE_SIZE
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from verification.findings import Check, Outcome

QUEUE = "/staff/queue/"
QUERIES_OF_THE_QUEUE = 10


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


@pytest.fixture
def held(officer) -> Enrollment:
    """A case that waited and was taken by the signed-in officer."""
    return take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=officer)


def page_of(enrollment: Enrollment) -> str:
    return reverse("review:case", args=[enrollment.pk])


def decide(client, enrollment: Enrollment, move: str, **data):
    path = reverse("review:decide", args=[enrollment.pk])
    return client.post(path, {"move": move, **data})


def state_of(enrollment: Enrollment) -> str:
    return Enrollment.objects.values_list("state", flat=True).get(pk=enrollment.pk)


def with_doubts(enrollment: Enrollment) -> Enrollment:
    for check in (Check.FACE_MATCH, Check.LIVENESS):
        Finding.objects.create(
            enrollment=enrollment, attempt=0, check_name=check, outcome=Outcome.FAILED
        )
    return enrollment


@pytest.mark.parametrize("cases", [1, 3])
def test_the_queue_asks_as_often_for_three_cases_as_for_one(staff, cases):
    for _ in range(cases):
        with_doubts(EnrollmentFactory(state=State.WAITING_REVIEW))
    with CaptureQueriesContext(connection) as asked:
        answer = staff.get(QUEUE)
    assert [len(answer.context["page"].cases), len(asked)] == [cases, QUERIES_OF_THE_QUEUE]


def test_each_queue_shows_its_own_cases(staff):
    shown = {
        "waiting": {State.WAITING_REVIEW, State.SECOND_REVIEW},
        "taken": {State.IN_REVIEW},
        "retake": {State.RETAKE},
        "decided": {State.VERIFIED, State.REJECTED},
    }
    for states in shown.values():
        for state in states:
            EnrollmentFactory(state=state)
    found = {name: staff.get(QUEUE, {"queue": name}).context["page"].cases for name in shown}
    assert {name: {case.state for case in cases} for name, cases in found.items()} == shown


def test_cases_past_the_first_page_are_reached(staff):
    waiting = [EnrollmentFactory(state=State.WAITING_REVIEW).pk for _ in range(PAGE_SIZE + 2)]
    first = staff.get(QUEUE, {"queue": "waiting"}).context["page"]
    second = staff.get(QUEUE, {"queue": "waiting", "after": first.after}).context["page"]
    assert [case.pk for page in (first, second) for case in page.cases] == waiting
    assert second.after == ""


def test_the_counts_are_of_the_own_office(staff):
    elsewhere = OfficerFactory(elsewhere=True).office
    for state, office in ((State.RETAKE, None), (State.RETAKE, elsewhere), (State.ACTIVATED, None)):
        EnrollmentFactory(state=state, **({"office": office} if office else {}))
    counts = dict(staff.get(QUEUE).context["queues"])
    assert counts == {"waiting": 0, "taken": 0, "retake": 1, "decided": 1}


def test_the_queue_names_only_what_the_last_attempt_did_not_pass(staff):
    case = with_doubts(EnrollmentFactory(state=State.WAITING_REVIEW, selfie_attempts=1))
    Finding.objects.create(
        enrollment=case, attempt=1, check_name=Check.CHALLENGE, outcome=Outcome.MISSING
    )
    Finding.objects.create(
        enrollment=case, attempt=1, check_name=Check.LIVENESS, outcome=Outcome.PASSED
    )
    (shown,) = staff.get(QUEUE).context["page"].cases
    assert [doubt.check_name for doubt in shown.doubts] == [Check.CHALLENGE]


def test_an_empty_queue_says_so(client, officer, signed_in):
    answer = signed_in(client, officer).get(QUEUE, headers={"Accept-Language": "en"})
    assert [answer.status_code, "No case is waiting" in answer.text] == [200, True]


def test_the_case_of_another_office_is_not_there(staff):
    elsewhere = EnrollmentFactory(
        state=State.WAITING_REVIEW, office=OfficerFactory(elsewhere=True).office
    )
    assert staff.get(page_of(elsewhere)).status_code == 404


def test_taking_the_next_case_leads_to_the_oldest(staff):
    oldest, _ = (EnrollmentFactory(state=State.WAITING_REVIEW) for _ in range(2))
    answer = staff.post(reverse("review:take_next"))
    assert [answer.url, state_of(oldest)] == [page_of(oldest), State.IN_REVIEW]


def test_only_the_holder_is_offered_the_decisions(staff, held):
    other = take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=OfficerFactory())
    offered = {
        case.pk: "data-dopa-decide" in staff.get(page_of(case)).text for case in (held, other)
    }
    assert offered == {held.pk: True, other.pk: False}


@pytest.mark.parametrize(
    ("move", "data", "state"),
    [
        ("approve", {}, State.VERIFIED),
        ("reject", {"reasons": ["not_the_same"], "message": "Please come by."}, State.REJECTED),
        ("ask_retake", {"reasons": ["card_unclear"], "message": "Too dark."}, State.RETAKE),
        ("pass_to_second", {"message": "What do you think?"}, State.SECOND_REVIEW),
    ],
)
def test_a_decision_moves_the_case_and_is_kept(staff, held, move, data, state):
    assert decide(staff, held, move, **data).url == QUEUE
    assert state_of(held) == state
    kept = Decision.objects.values_list("officer", "move", "reasons", "message")
    expected = (held.held_by_id, move, data.get("reasons", []), data.get("message", ""))
    assert list(kept) == [expected]


def test_a_rejection_without_a_reason_comes_back_with_what_was_written(staff, held):
    answer = decide(staff, held, "reject", message="Please come by.")
    assert [answer.status_code, state_of(held)] == [422, State.IN_REVIEW]
    assert ["data-dopa-open-now" in answer.text, "Please come by." in answer.text] == [True, True]


def test_a_case_held_by_a_colleague_is_not_decided(staff):
    other = take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=OfficerFactory())
    assert decide(staff, other, "approve").url == page_of(other)
    assert [state_of(other), Decision.objects.count()] == [State.IN_REVIEW, 0]


def test_a_case_given_back_waits_again(staff, held):
    answer = staff.post(reverse("review:release", args=[held.pk]))
    assert [answer.url, state_of(held)] == [QUEUE, State.WAITING_REVIEW]


def test_an_administrator_watches_and_does_not_decide(client, administrator, signed_in):
    central = signed_in(client, administrator)
    pages = {path: central.get(path).status_code for path in (QUEUE, "/staff/dashboard/")}
    assert pages == {QUEUE: 403, "/staff/dashboard/": 200}
