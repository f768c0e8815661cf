"""The citizen's pages of an appeal, and the officer's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from offices.models import Officer
from registration.models import Appeal, Enrollment
from registration.views.sessions import SESSION_KEY, TOKEN, mark_of
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import REASON, prove_factor
from tests.registration.appeals import CODE, WORDS, ago, appeal, come_by_reference, reject, rejected

pytestmark = pytest.mark.django_db
PAGE, REJECTED, WAITING = "/register/appeal/", "/register/rejected/", "/register/waiting/"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def other() -> Officer:
    return OfficerFactory(elsewhere=True)


@pytest.fixture
def case(officer, other) -> Enrollment:
    return rejected(officer)


def browser_of(case: Enrollment) -> Client:
    browser = Client(**ENGLISH)
    session = browser.session
    session[SESSION_KEY], session[TOKEN] = str(case.pk), mark_of(case)
    session.save()
    return browser


def test_the_way_from_the_rejection_to_the_appeal(case):
    browser = browser_of(case)
    assert f'href="{PAGE}"' in browser.get(REJECTED).text
    answer = browser.post(PAGE, {"words": WORDS})
    assert [answer.status_code, answer.url] == [302, WAITING]
    page = browser.get(WAITING).text
    assert "Officers of another province, who had no part in the rejection" in page
    assert "within one working day" not in page
    assert browser.get(REJECTED).url == browser.get(PAGE).url == WAITING
    assert browser.post(PAGE, {"words": "again"}).url == WAITING
    assert Appeal.objects.get().words == WORDS


def test_days_come_from_the_settings(case, settings):
    settings.APPEAL_WITHIN = timedelta(days=7)
    settings.EVIDENCE_KEPT_AFTER_REJECTION = timedelta(days=21)
    browser = browser_of(case)
    page = browser.get(REJECTED).text
    assert "7 days from the rejection" in page
    assert "deleted 21 days after the rejection, unless you appeal" in page
    assert "7 days from the rejection" in browser.get(PAGE).text


def test_from_a_browser_that_does_not_have_it_there_is_nothing_to_file(case, client):
    for answer in (client.get(PAGE), client.post(PAGE, {"words": WORDS})):
        assert answer.url.startswith("/?over")
    assert not Appeal.objects.exists()


def test_a_browser_from_which_it_was_taken_over_files_nothing(case):
    browser = browser_of(case)
    Enrollment.objects.update(token_hash=b"another")
    assert browser.post(PAGE, {"words": WORDS}).url.startswith("/?over")
    assert not Appeal.objects.exists()


def test_who_came_by_reference_and_number_is_asked_for_the_code_on_the_card(case):
    browser = browser_of(come_by_reference(case))
    assert 'name="card_code"' in browser.get(PAGE).text
    for code in ("", "AA0000000000"):
        assert browser.post(PAGE, {"words": WORDS, "card_code": code}).status_code == 422
    assert not Appeal.objects.exists()
    assert browser.post(PAGE, {"words": WORDS, "card_code": CODE}).url == WAITING


def test_in_the_own_browser_nothing_is_asked_for_but_the_words(case):
    browser = browser_of(case)
    assert 'name="card_code"' not in browser.get(PAGE).text
    refused = browser.post(PAGE, {"words": " "})
    assert [refused.status_code, "Please write why" in refused.text] == [422, True]


def test_once_the_time_is_over_no_page_promises_an_appeal(case):
    browser = browser_of(ago(case, timedelta(days=20)))
    page = browser.get(REJECTED).text
    assert [PAGE in page, "unless you appeal" in page] == [False, False]
    assert browser.get(PAGE).url == browser.post(PAGE, {"words": WORDS}).url == REJECTED


def test_after_the_second_rejection_the_citizen_reads_what_is_left(case, other):
    browser = browser_of(case)
    appeal(case)
    reject(Enrollment.objects.get(), other)
    page = browser.get(REJECTED).text
    assert "administrative court" in page
    assert "days after this decision" in page
    assert PAGE not in page


def test_held_for_want_of_an_office_the_citizen_is_told_so(officer):
    browser = browser_of(rejected(officer))
    browser.post(PAGE, {"words": WORDS})
    assert "No office of another province can take it just now" in browser.get(WAITING).text


def test_the_words_are_text_and_no_markup(case, other, client, signed_in):
    appeal(case, words="<script>alert(1)</script>\nline")
    page = signed_in(client, other).get(reverse("review:case", args=[case.pk])).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>line" in page


def test_officers_find_appeals_in_the_queue(case, other, client, signed_in):
    plain = rejected(OfficerFactory(office=other.office))
    Enrollment.objects.filter(pk=plain.pk).update(state="waiting_review")
    filed = appeal(case)
    staff = signed_in(client, other)
    page = staff.get(reverse("review:queue"), **ENGLISH).text
    assert [plain.reference in page, filed.reference in page] == [True, True]
    page = staff.get(reverse("review:queue"), {"appeal": "on"}, **ENGLISH).text
    assert [plain.reference in page, filed.reference in page] == [False, True]
    assert '<span class="list-table__note">Appeal</span>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_of_appeals_costs_no_query_for_each(
    count, officer, other, client, signed_in, django_assert_max_num_queries
):
    for _ in range(count):
        appeal(rejected(officer))
    staff = signed_in(client, other)
    with django_assert_max_num_queries(14):
        staff.get(reverse("review:queue"))


def test_a_supervisor_gives_it_to_a_colleague_but_not_to_one_with_a_hand_in_it(
    case, other, officer, client, signed_in
):
    appeal(case)
    Officer.objects.filter(pk=officer.pk).update(office=OfficeFactory(code="5001"))
    supervisor = OfficerFactory(supervisor=True, elsewhere=True)
    staff = signed_in(client, supervisor)
    prove_factor(staff, supervisor)
    page = reverse("review:reassign", args=[case.pk])
    staff.post(page, {"officer": str(officer.pk), "reason": REASON})
    assert Enrollment.objects.get().held_by is None
    staff.post(page, {"officer": str(other.pk), "reason": REASON})
    assert Enrollment.objects.get().held_by == other
