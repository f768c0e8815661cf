"""After an import the digital IDs stand as the register says."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from audit.models import Entry
from audit.services import Actor
from identity.models import DigitalID, DigitalIDStatus
from identity.numbers import number_key
from population import jobs
from population.following import agree, how_many_end
from population.imports.services import ImportRefused
from population.imports.steering import resume
from population.models import Following, ImportRun
from tests.identity.factories import DigitalIDFactory, make_person
from tests.levers import REASON
from tests.population.files import people, work, write
from tests.population.runs import ACTOR, bring_in
from tests.population.test_admin import rolled_back, step

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")
COUNTS = ("revoked", "suspended", "resumed", "updated")


def issued_to(rows: list[dict]) -> None:
    for row in rows:
        person = make_person(row["number"])
        DigitalIDFactory(
            number=row["number"],
            holder=replace(person, **{name: row[name] for name, _ in person if name in row}),
        )


def followed(run: ImportRun) -> dict:
    following = Following.objects.get(run=run)
    found = {name: getattr(following, name) for name in COUNTS}
    return {"state": following.state} | {name: count for name, count in found.items() if count}


class Once:
    """A function that fails when it is called again."""

    def __init__(self, function: Callable) -> None:
        self.function = function

    def __call__(self, *given: object) -> object:
        function, self.function = self.function, None
        return function(*given)


def stopped_at(run: ImportRun) -> tuple[str, int]:
    return Following.objects.values_list("state", "ending").get(run=run)


def status_of(row: dict) -> str:
    return DigitalID.objects.get(number_key=number_key(row["number"])).status


@pytest.fixture
def rows(tmp_path) -> list[dict]:
    """Sixty people of the register, of whom the first five have a digital ID."""
    made = people(60)
    issued_to(made[:5])
    bring_in(write(tmp_path / "first.csv", made))
    work()
    return made


def samples_of(run: ImportRun) -> str:
    return f"/admin/population/importrun/{run.pk}/samples/"


def changed(rows: list[dict]) -> list[dict]:
    dead, renamed = rows[0] | {"status": "deceased"}, rows[1] | {"last_name_th": "เปลี่ยนแล้ว"}
    gone = rows[2] | {"status": "removed"}
    return [dead, renamed, gone, *rows[3:]]


def test_a_first_import_finds_who_is_gone_already(tmp_path):
    rows = people(60)
    issued_to(rows[:5])
    run = bring_in(write(tmp_path / "first.csv", changed(rows)))
    work()
    assert followed(run) == {"state": "done", "revoked": 1, "suspended": 1, "updated": 1}


def test_a_later_import_ends_suspends_and_updates(tmp_path, rows):
    run = bring_in(write(tmp_path / "second.csv", changed(rows)))
    work()
    assert followed(run) == {"state": "done", "revoked": 1, "suspended": 1, "updated": 1}
    assert [status_of(row) for row in rows[:5]] == [
        "revoked",
        "active",
        "suspended",
        *["active"] * 2,
    ]
    assert Entry.objects.get(action="digital_id.revoked").actor_id == "import"


def test_a_rollback_puts_back_what_can_come_back(tmp_path, rows, admin):
    run = bring_in(write(tmp_path / "second.csv", changed(rows)))
    work()
    rolled_back(admin, run)
    work()
    assert followed(run) == {"state": "done", "resumed": 1, "updated": 1}
    assert status_of(rows[2]) == DigitalIDStatus.ACTIVE
    renamed = DigitalID.objects.get(number_key=number_key(rows[1]["number"]))
    assert renamed.holder.last_name_th == rows[1]["last_name_th"]


def test_too_many_at_once_wait_for_two_administrators(tmp_path, rows, admin, settings):
    settings.REGISTER_ENDS_AT_MOST = 1
    run = bring_in(write(tmp_path / "second.csv", changed(rows)))
    work()
    assert followed(run) == {"state": "held"}
    assert {status_of(row) for row in rows[:5]} == {"active"}
    page = admin.get(f"/admin/population/importrun/{run.pk}/change/")
    assert "would end or suspend 2 digital IDs" in page.content.decode()
    assert page.context["steps"] == ["agree", "roll_back"]
    for _time in range(2):
        step(admin, run, "agree")
        work()
        assert followed(run) == {"state": "held"}
    assert rows[0]["last_name_th"] in admin.get(samples_of(run)).content.decode()
    agree(run, actor=ACTOR, reason=REASON)
    work()
    assert followed(run) == {"state": "done", "revoked": 1, "suspended": 1, "updated": 1}
    assert admin.get(samples_of(run)).status_code == 404


def test_a_word_for_an_import_does_not_count_for_its_way_back(tmp_path, rows, admin, settings):
    settings.REGISTER_ENDS_AT_MOST = 0
    run = bring_in(write(tmp_path / "second.csv", [rows[0] | {"status": "removed"}]))
    work()
    agree(run, actor=ACTOR, reason=REASON)
    rolled_back(admin, run)
    assert not run.agreements.exists()


def test_a_slice_goes_on_where_the_last_one_stopped(tmp_path, rows, monkeypatch):
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1)
    monkeypatch.setattr("population.following.BATCH", 1)
    run = bring_in(write(tmp_path / "second.csv", changed(rows)))
    work()
    assert followed(run) == {"state": "done", "revoked": 1, "suspended": 1, "updated": 1}


def test_a_job_that_keeps_failing_leaves_it_to_a_person(
    tmp_path, rows, admin, monkeypatch, settings
):
    settings.JOB_MAX_DELIVERIES = 1
    run = bring_in(write(tmp_path / "second.csv", changed(rows)))
    with monkeypatch.context() as broken:
        broken.setattr("identity.following.change_status", None)
        work()
    assert followed(run)["state"] == "stopped"
    assert status_of(rows[0]) == DigitalIDStatus.ACTIVE
    page = admin.get(f"/admin/population/importrun/{run.pk}/change/")
    assert page.context["steps"] == ["continue", "roll_back"]
    assert "until somebody continues" in page.content.decode()
    step(admin, run, "continue")
    with pytest.raises(ImportRefused):
        resume(run, actor=ACTOR)
    work()
    assert followed(run) == {"state": "done", "revoked": 1, "suspended": 1, "updated": 1}


def test_who_ends_is_counted_to_the_end_before_anybody_can_agree(
    tmp_path, rows, admin, monkeypatch, settings
):
    """A figure of half of them would let all of them end."""
    settings.JOB_MAX_DELIVERIES, settings.REGISTER_ENDS_AT_MOST = 1, 2
    monkeypatch.setattr("population.following.BATCH", 1)
    run = bring_in(
        write(tmp_path / "second.csv", [row | {"status": "removed"} for row in rows[:3]])
    )
    with monkeypatch.context() as broken:
        broken.setattr("population.following.how_many_end", Once(how_many_end))
        work()
    assert stopped_at(run) == ("stopped", 1)
    for actor in (ACTOR, Actor.system("another")):
        agree(run, actor=actor, reason=REASON)
    work()
    assert stopped_at(run) == ("stopped", 1)
    step(admin, run, "continue")
    work()
    assert stopped_at(run) == ("held", 3)
    assert {status_of(row) for row in rows[:5]} == {"active"}
