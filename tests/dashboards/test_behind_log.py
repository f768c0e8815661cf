"""A row that is a part of an action leads to the entries that it counts, and to no others."""

import pytest
from django.urls import reverse

from audit.actions import Action
from audit.models import Entry
from dashboards.counting.fold import fold
from registration.models import RetakeReason
from registration.services.moves import move
from tests.dashboards.conftest import END, REVIEWED, SYSTEM, WAY
from tests.dashboards.test_behind import figures
from tests.levers import administrators_client

pytestmark = pytest.mark.django_db
ASKED = (*WAY[:-1], "ask_retake")
REPEATS = "A row leads to the log, which has each time of it, repeats, too."
NO_CHANNEL = "A row leads to the log, whose entries of issues do not name the channel."
IN_REVIEW = (*WAY[:-1], "send_to_review", "take")


@pytest.fixture
def counted(walk) -> None:
    """Registrations from several devices, a renewal, and new photos asked for by both who can."""
    walk(*WAY, *END, device="iphone-safari")
    walk(*REVIEWED, device="iphone-line")
    walk(*ASKED, device="android-line")
    walk(*ASKED, device="other-other")
    walk(*WAY, *END, device="iphone-line", renewal=True)
    move(walk(*IN_REVIEW, renewal=True), "ask_retake", actor=SYSTEM, reason_code="face_quality")
    move(walk(*IN_REVIEW, device=""), "reject", actor=SYSTEM, reason_code="not_the_same")
    fold()


def listed(client, row) -> list[Entry]:
    return [one.entry for one in client.get(row.href).context["entries"]]


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ("endings", [2, 1, 1]),
        ("retakes", [0, 1, 0, 2, 0, 0, 0]),
        ("devices", [2, 1, 0, 0, 1]),
        ("browsers", [2, 0, 0, 0, 0, 0, 1, 1]),
    ],
)
def test_the_log_lists_exactly_as_many_as_each_row_counts(counted, key, counts):
    client = administrators_client()
    table = figures(client, "funnel/?period=7")[key]
    shown = [len(listed(client, row)) for row in table.rows]
    assert ([row.values[1] for row in table.rows], shown) == (counts, counts)
    assert table.note.endswith("A row leads to its entries in the log.")


def test_reasons_of_the_machine_and_of_officers_are_found_by_one_row(counted):
    client = administrators_client()
    rows = figures(client, "funnel/?period=7")["retakes"].rows
    by_reason = dict(zip(RetakeReason, rows, strict=True))
    machine = listed(client, by_reason[RetakeReason.NOT_LIVE])
    officers = listed(client, by_reason[RetakeReason.FACE_QUALITY])
    assert [one.details["why"] for one in machine] == ["not_live"] * 2
    assert [one.details["reason_code"] for one in officers] == ["face_quality"]


@pytest.mark.parametrize(
    ("page", "key", "place", "action", "note"),
    [
        ("funnel/", "steps", 1, "start", REPEATS),
        ("funnel/", "steps", 5, "submit_selfie", REPEATS),
        ("", "channels", 0, "activate", NO_CHANNEL),
    ],
)
def test_where_the_log_has_more_than_a_row_counts_it_says_so(
    counted, page, key, place, action, note
):
    client = administrators_client()
    table = figures(client, f"{page}?period=7")[key]
    shown = listed(client, table.rows[place])
    of_action = Entry.objects.filter(action=Action.of(action)).without_renewals()
    assert {one.pk for one in shown} == set(of_action.values_list("pk", flat=True))
    assert table.note.endswith(note)


def test_renewals_lead_to_the_issues_that_were_one(counted):
    client = administrators_client()
    row = figures(client, "?period=7")["renewals"].rows[0]
    assert [one.details["renewal"] for one in listed(client, row)] == [True]
    assert row.values[1] == 1


def test_following_a_row_is_an_entry_of_what_it_asks_for(counted):
    client = administrators_client()
    row = figures(client, "funnel/?period=7")["devices"].rows[1]
    assert row.href.startswith(f"{reverse('audit:list')}?action=enrollment.start&only=new&detail=")
    listed(client, row)
    asked = Entry.objects.filter(action=Action.AUDIT_VIEWED).latest("id").details
    assert [asked["by_detail"], asked["by_only"]] == ["device:android", "new"]
