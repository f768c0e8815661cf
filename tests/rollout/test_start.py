"""What the administrators' start page tells to be done next: nothing that waits is left out."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from devstack.demo.signed_in import sign_in
from pilot.models import PilotImportState
from population.models import Following, FollowingState, HeldRow, ImportRun, RunState
from rollout.imports_that_wait import imports_that_wait, imports_under_way
from rollout.models import Phase
from rollout.start import start
from tests.factories import OfficerFactory, PilotImportFactory

pytestmark = pytest.mark.django_db


def run_of(state: RunState, name: str = "june.csv") -> ImportRun:
    return ImportRun.objects.create(
        file_name=name, file_bytes=1, fingerprint=uuid.uuid4().bytes * 2, state=state
    )


def hold_people(run: ImportRun, number: int) -> None:
    HeldRow.objects.bulk_create(
        HeldRow(
            number_key=uuid.uuid4(),
            run=run,
            person_sealed=b"x",
            office_code="1206",
            status="alive",
            birth_year=2500,
            updated_at=timezone.now(),
            row_digest=1,
        )
        for _each in range(number)
    )


def told() -> list[str]:
    with override("en"):
        return [words for words, _page in imports_that_wait()]


def test_a_finished_import_whose_digital_ids_wait_is_told_before_all_else():
    ended = run_of(RunState.DONE)
    Following.objects.create(run=ended, state=FollowingState.HELD, ending=41_200)
    run_of(RunState.PAUSED, "july.csv")
    assert told() == [
        "june.csv would end 41,200 digital IDs: it waits for two administrators.",
        "july.csv is paused: let it go on, or cancel it.",
    ]
    page = reverse("admin:population_importrun_change", args=[ended.pk])
    assert imports_that_wait()[0][1] == page


def test_so_is_one_that_they_do_not_follow_and_one_whose_people_would_change():
    ended = run_of(RunState.DONE)
    Following.objects.create(run=ended, state=FollowingState.STOPPED)
    hold_people(ended, 2)
    assert told() == [
        "Digital IDs do not follow june.csv any more: look why, and let it go on.",
        "Changes of 2 people in june.csv wait for two administrators.",
    ]


def test_a_file_that_two_have_to_agree_to_and_one_of_the_pilot_that_stands():
    run_of(RunState.HELD)
    PilotImportFactory(state=PilotImportState.PAUSED)
    PilotImportFactory(state=PilotImportState.DONE)
    assert told() == [
        "june.csv waits for two administrators.",
        "pilot.csv is paused: let it go on, or cancel it.",
    ]
    assert imports_under_way() == 2


def test_what_goes_by_itself_or_has_ended_waits_for_nobody():
    Following.objects.create(run=run_of(RunState.DONE), state=FollowingState.FOLLOWING)
    run_of(RunState.CANCELLED)
    PilotImportFactory(state=PilotImportState.WAITING)
    assert (told(), imports_under_way()) == ([], 1)


def test_the_page_says_it(client):
    Following.objects.create(run=run_of(RunState.DONE), state=FollowingState.HELD, ending=1)
    sign_in(client, OfficerFactory(administrator=True))
    page = client.get("/admin/", headers={"Accept-Language": "en"}).text
    assert "june.csv would end 1 digital ID: it waits for two administrators." in page


@pytest.mark.parametrize(
    ("values", "planned"),
    [
        ({"closed": True}, "one"),  # given up, or mistyped
        ({"ends": -1}, None),  # and nothing is in force
        ({"waits": True}, "two"),  # until its checklist holds
        ({"waits": True, "closed": True}, "one"),
        ({"starts": 1, "closed": True}, "two"),
        ({"starts": 1}, "two"),
        ({"starts": 1, "closed": True, "ends": 30}, "two"),
    ],
)
def test_what_is_planned_is_no_phase_whose_day_has_passed(values, planned, client):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    Phase.objects.all().delete()
    made = {"capacity": 5, "name": "A phase"}
    ends = today + values.pop("ends") * day if "ends" in values else None
    Phase.objects.create(code="one", starts_on=today - 60 * day, **made)
    two = today + values.pop("starts", -30) * day
    Phase.objects.create(code="two", starts_on=two, ends_on=ends, **made, **values)
    assert getattr(start().planned, "pk", None) == planned
    sign_in(client, OfficerFactory(administrator=True))
    assert client.get("/admin/").status_code == 200
