"""How the checks treat groups: counted without a person, shown, and told where one is behind."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from core.titles import sex_of
from dashboards.anomalies import anomalies
from dashboards.counting.fold import fold
from dashboards.groups import AGES
from dashboards.left_behind import left_behind
from dashboards.models import Counter, FigureValue
from dashboards.pages.groups import cases_a_day, group_tables
from dashboards.periods import Period
from dashboards.privacy import Hidden
from dashboards.values.table import USUAL
from registration.claims import current_thresholds
from registration.models import GroupOutcome
from registration.services.group_outcomes import note_outcome
from tests.factories import EnrollmentFactory, OfficeFactory
from tests.identity.factories import make_person
from verification.capture import Assurance, Capture
from verification.findings import Check
from verification.judging import capture_finding
from verification.policy import Judgement, Verdict

pytestmark = pytest.mark.django_db
LIVE, DRAWN = Capture(Assurance.LIVE), Capture(Assurance.LIVE, drawn=True)


def today() -> Period:
    return Period(timezone.localdate(), timezone.localdate(), "own")


def add(group: str, **counts: int) -> None:
    for ending, count in counts.items():
        Counter.objects.create(
            figure="groups", label=f"{group}:{ending}", day=timezone.localdate(), count=count
        )


def table(key: str):
    return next(one for one in group_tables(today()) if one.key == key)


def noted(judgement: Judgement, capture: Capture) -> set[tuple[str, str]]:
    enrollment = EnrollmentFactory(office=OfficeFactory(code="5001"))
    enrollment.confirmed = make_person("1101700000001")
    note_outcome(
        enrollment, facts=[capture_finding(capture, current_thresholds())], judgement=judgement
    )
    return set(GroupOutcome.objects.values_list("group", "ending"))


@pytest.mark.parametrize(
    ("verdict", "because", "capture", "ending"),
    [
        (Verdict.PASS, None, LIVE, "passed"),
        (Verdict.OTHER_WAY, Check.WAY_FITS, LIVE, "passed"),
        (Verdict.RETAKE, Check.LIVENESS, DRAWN, "again"),
        (Verdict.REVIEW, Check.CAPTURE, DRAWN, "drawn"),
        (Verdict.REVIEW, Check.CAPTURE, Capture(), "officer"),
        (Verdict.REVIEW, Check.FACE_MATCH, DRAWN, "officer"),
    ],
)
def test_an_ending_is_noted_for_each_group_and_for_nobody(verdict, because, capture, ending):
    rows = noted(Judgement(verdict, because), capture)
    assert {found for _group, found in rows} == {ending}
    groups = dict(group.split(":") for group, _ending in rows)
    assert groups["capture"] == capture.assurance
    assert groups["region"] == "north"
    assert {"age", "sex"} < set(groups)
    fields = {field.name for field in GroupOutcome._meta.get_fields()}
    assert fields == {"id", "day", "group", "ending"}


def test_endings_are_counted_once_and_then_forgotten():
    noted(Judgement(Verdict.PASS), LIVE)
    fold()
    fold()
    assert not GroupOutcome.objects.exists()
    assert Counter.objects.get(figure="groups", label="capture:live:passed").count == 1


def test_a_group_is_shown_in_shares_and_a_small_one_is_not():
    add("age:60", passed=60, again=20, officer=15, drawn=5)
    add("age:75", passed=12, officer=7)
    add("age:45", passed=12, officer=9)
    rows = {row.values[0]: list(row.values[1:]) for row in table("age").rows}
    assert rows["60 to 74"] == [100, 60.0, 20.0, 15.0, 5.0]
    assert rows["75 and older"][1:] == [None] * 4
    assert rows["Under 18"] == [0, *[None] * 4]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"18": 19, "30": 70, "45": 500}, {"18", "30"}),
        ({"18": 19, "30": 20, "45": 500}, {"18", "30", "45"}),
        ({"18": 19, "30": 18, "45": 500}, {"18", "30", "45"}),
        ({"18": 30, "30": 40, "45": 500}, set()),
    ],
)
def test_a_hidden_group_does_not_follow_from_the_others(counts, hidden):
    for group, count in counts.items():
        add(f"age:{group}", passed=count)
    rows = dict(zip(AGES, table("age").rows, strict=True))
    assert {group for group, row in rows.items() if isinstance(row.values[1], Hidden)} >= hidden
    assert {group for group in counts if not isinstance(rows[group].values[1], Hidden)} == set(
        counts
    ) - hidden


def test_more_looks_cost_what_was_not_looked_at():
    FigureValue.objects.create(key="signups", value=1000)
    add("capture:attested", passed=280, officer=20)
    add("capture:live", passed=560, officer=84, drawn=56, again=400)
    costs = {row.values[0]: row.values[1] for row in table("costs").rows}
    assert costs == pytest.approx({0.0: 104, 5.0: 134.8, 10.0: 165.6, 25.0: 258, 100.0: 720})
    assert cases_a_day({}, 1.0, 1000) is None


def test_a_group_that_is_passed_less_often_is_told():
    add("sex:woman", passed=700, officer=100, drawn=50)
    add("sex:man", passed=800, officer=60)
    add("device:iphone", passed=900, officer=60)
    add("device:android", passed=600, officer=180, drawn=10)
    add("device:tablet", officer=30)
    assert left_behind(timezone.localdate(), USUAL) == [("group", "Android", 77, 91)]
    assert left_behind(timezone.localdate() + datetime.timedelta(days=40), USUAL) == []


def test_a_group_that_is_asked_for_another_picture_more_often_is_told():
    """Whoever is asked again and again gives up, and was never decided on."""
    add("age:60", passed=300, officer=20, again=180)
    add("age:30", passed=900, officer=60, again=100)
    add("age:18", passed=150, again=48)  # too few to say so
    [gap] = left_behind(timezone.localdate(), USUAL)
    assert gap == ("again", "60 to 74", 36, 12)
    [told] = anomalies({}, timezone.localdate(), USUAL)
    words = render_to_string("dashboards/anomaly.html", {"anomaly": told}).strip()
    assert words == (
        "60 to 74: in 36% of the checks of the last four weeks another picture was asked for;"
        " of the others in 12%."
    )


@pytest.mark.parametrize(
    ("title", "sex"),
    [
        *[("นาย", "man"), ("น.ส.", "woman"), ("นาง", "woman"), ("ด.ญ.", "woman"), ("ด.ช.", "man")],
        *[("ร.ต.หญิง", "woman"), ("พล.ต.อ.", "man"), ("พระ", ""), ("", "")],
    ],
)
def test_a_thai_title_says_the_sex_or_does_not(title, sex):
    assert sex_of(title) == sex


def test_who_is_drawn_by_chance_did_not_do_worse():
    add("sex:woman", passed=100, drawn=300)
    add("sex:man", passed=400)
    assert left_behind(timezone.localdate(), USUAL) == []
