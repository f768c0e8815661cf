"""Targets and limits of alerts: set by two, within bounds, with a preview of what they would do."""

import datetime

import pytest
from django.utils import timezone

from audit.models import Entry
from dashboards.anomalies import anomalies, is_surge, of_country
from dashboards.models import Counter, FigureValue
from dashboards.privacy import FEWEST
from dashboards.steering.preview import SPAN, Past
from dashboards.values.table import USUAL, VALUES, values_now
from offices.levers import LEVERS, LeverRefused
from offices.models import Proposal
from offices.proposing import ask_for_change
from tests.dashboards.test_pages import PATH, add
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import REASON, administrators_client, agreed_by_another, asked_for

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
VALUE = f"{PATH}values/"


def day(back: int) -> datetime.date:
    return timezone.localdate() - back * DAY


def test_a_value_is_asked_for_by_one_and_holds_when_another_agrees():
    client = administrators_client()
    assert client.post(f"{VALUE}drop/", {"value": 50}).url == "/staff/levers/new/"
    proposal = asked_for(client)
    assert values_now()["drop"] == 60
    agreed_by_another(proposal)
    assert values_now() == dict(USUAL) | {"drop": 50}
    entry = Entry.objects.get(action="lever.agreed")
    told = {key: entry.details[key] for key in ("about", "value_before", "value_after")}
    assert told == {"about": "drop", "value_before": 60, "value_after": 50}
    assert entry.reason == REASON


def test_whoever_asked_does_not_agree():
    client = administrators_client()
    client.post(f"{VALUE}drop/", {"value": 50})
    agreed_by_another(asked_for(client), client=client)
    assert values_now()["drop"] == 60


@pytest.mark.parametrize("key", VALUES)
def test_no_form_takes_a_value_out_of_bounds(key):
    client, bounds = administrators_client(), VALUES[key]
    for wrong in (bounds.least - 1, bounds.most + 1, "many", "1e9", "-5", "5.5"):
        assert client.post(f"{VALUE}{key}/", {"value": wrong}).status_code == 422
    emptied = client.post(f"{VALUE}{key}/", {"value": ""})
    assert emptied.status_code == (302 if bounds.usual is None else 422)


@pytest.mark.parametrize(
    ("key", "new"),
    [
        ("drop", {"value": 0}),
        ("drop", {"value": 96}),
        ("drop", {"value": None}),
        ("drop", {"value": "60"}),
        ("drop", {"value": True}),
        ("fewest", {"value": FEWEST - 1}),
        ("wait", {"value": 7, "key": "drop"}),
        ("unheard", {"value": 7}),
    ],
)
def test_the_lever_itself_refuses_what_a_form_would(key, new):
    with pytest.raises(LeverRefused):
        LEVERS["figures"].carry_out(key, new, by=OfficerFactory(administrator=True))
    assert not FigureValue.objects.exists()


def test_no_alert_may_name_an_offices_small_number():
    assert VALUES["fewest"].least >= FEWEST


def test_two_changes_of_one_value_do_not_wait_beside_each_other():
    asker, lever = OfficerFactory(administrator=True), LEVERS["figures"]
    people = lever.effect("drop", {"value": 50}).people
    told = {"by": asker, "reason": REASON, "people": people}
    ask_for_change(lever, "drop", {"value": 50}, **told)
    with pytest.raises(LeverRefused):
        ask_for_change(lever, "drop", {"value": 40}, **told)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("role", ["supervisor", "provincial", "auditor"])
def test_others_read_the_values_and_change_none(role):
    client = administrators_client(OfficerFactory(**{role: True}))
    page = client.get(VALUE)
    assert (page.status_code, f"{VALUE}drop/" in page.text) == (200, False)
    assert client.post(f"{VALUE}drop/", {"value": 50}).status_code == 403


def test_a_value_that_is_none_is_not_found():
    assert administrators_client().get(f"{VALUE}unheard/").status_code == 404


def weekly(counts: list[int]) -> dict[datetime.date, int]:
    """Counts of yesterday and of the same weekday before."""
    return {day(1 + 7 * back): count for back, count in enumerate(counts)}


@pytest.mark.parametrize(
    ("counts", "limits", "kind"),
    [
        ([59, 100, 100, 100, 100], {}, "drop"),
        ([60, 100, 100, 100, 100], {}, None),
        ([60, 100, 100, 100, 100], {"drop": 61}, "drop"),
        ([160, 100, 100, 100, 100], {}, None),
        ([161, 100, 100, 100, 100], {}, "spike"),
        ([161, 100, 100, 100, 100], {"spike": 200}, None),
        ([1, 19, 100, 100, 100], {}, None),
        ([1, 19, 100, 100, 100], {"fewest": 19}, "drop"),
    ],
)
def test_the_limits_decide_what_is_unusual(counts, limits, kind):
    found = of_country(weekly(counts), day(1), dict(USUAL) | limits)
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("now", "earlier", "limits", "is_one"),
    [
        (20, 28, {}, True),  # usual 1: beyond 1 + 5 * sqrt(2)
        (20, 0, {}, False),
        (19, 28, {}, False),
        (19, 28, {"fewest": 19}, True),
        (20, 28, {"deviations": 14}, False),
    ],
)
def test_an_offices_surge_is_beyond_chance(now, earlier, limits, is_one):
    assert is_surge(now, earlier, dict(USUAL) | limits) == is_one


def test_the_preview_counts_what_the_alert_would_have_been():
    office = OfficeFactory(code="1206")
    for back in range(1, SPAN + 40):
        add(50 if back in (5, 12) else 100, day=day(back))
        add(60 if back == 9 else 2, area=office.pk, label=f"web{back}", day=day(back))
    past = Past(timezone.localdate())
    drop, surge = VALUES["drop"].alerts, VALUES["deviations"].alerts
    assert past.raised(drop, USUAL) == 2
    assert past.raised(drop, dict(USUAL) | {"drop": 50}) == 0
    assert past.raised(surge, USUAL) == 1
    told = [one.kind for one in anomalies(past.signups, day(8), values_now())]
    assert told == ["surge"]  # the day of the preview, as the page told it then


def test_the_page_of_the_lever_shows_the_preview():
    for back in range(1, SPAN + 40):
        add(50 if back == 5 else 100, day=day(back))
    client = administrators_client()
    client.post(f"{VALUE}drop/", {"value": 40}, headers={"Accept-Language": "en"})
    page = client.get("/staff/levers/new/", headers={"Accept-Language": "en"}).text
    assert "the alert was raised on 1 with the present value" in page
    assert "it would have been on 0" in page


def test_the_preview_of_groups_is_of_the_morning_after():
    for label, count in (("woman:passed", 400), ("woman:officer", 0), ("man:passed", 300)):
        Counter.objects.create(figure="groups", label=f"sex:{label}", day=day(3), count=count)
    Counter.objects.create(figure="groups", label="sex:man:officer", day=day(3), count=100)
    kinds = VALUES["group_gap"].alerts
    past = Past(timezone.localdate())
    assert past.raised(kinds, USUAL) == 4
    assert past.raised(kinds, dict(USUAL) | {"group_gap": 30}) == 0


def test_a_target_is_told_in_words_and_in_the_api():
    client = administrators_client()
    FigureValue.objects.create(key="signups", value=90)
    for back, count in ((0, 500), (1, 90), (2, 89), (3, 120)):
        add(count, day=day(back))
    asked = {"headers": {"Accept-Language": "en"}}
    [table, *_rest] = client.get(f"{PATH}?period=7", **asked).context["tables"]
    assert table.table.note == "Target: 90 sign-ups a day. Met on 2 of 6 days."
    told = client.get("/api/v1/statistics/overview/?period=7", **asked).json()
    assert told["tables"][0]["target"] == {
        "value": 90,
        "words": "Target: 90 sign-ups a day",
    }
    assert told["figures"]["expected"] == 90


def test_waiting_and_the_machines_share_have_figures_by_day_and_targets():
    FigureValue.objects.create(key="wait", value=2)
    FigureValue.objects.create(key="machine", value=75)
    for back, bins in ((1, 96), (2, 112)):  # 2 ** 12 s is an hour and some, 2 ** 14 s four
        add(10, figure="waits", label=str(bins), day=day(back))
    for back, machine in ((1, 75), (2, 74)):
        add(machine, figure="moves", label="checking>pass_checks", day=day(back))
        add(20, figure="moves", label="in_review>approve", day=day(back))
        add(80 - machine, figure="moves", label="in_review>reject", day=day(back))
    client = administrators_client()
    tables = {one["key"]: one for one in client.get(f"{PATH}work.json").json()["tables"]}
    assert [round(row["p90"], 1) for row in tables["waits"]["rows"]] == [1.2, 4.8]
    assert [row["share"] for row in tables["machine"]["rows"]] == [75.0, 74.0]
    page = client.get(f"{PATH}work/", headers={"Accept-Language": "en"}).context["tables"]
    notes = {one.table.key: one.table.note for one in page}
    assert "Met on 1 of 2 days." in notes["waits"]
    assert "Met on 1 of 2 days." in notes["machine"]
