"""Nobody's digital ID becomes somebody else's by a file's line: two administrators look first."""

import pytest

from audit.models import Entry
from audit.services import Actor
from identity.models import DigitalID, DigitalIDStatus
from identity.numbers import number_key
from identity.person import Person
from population.imports import services
from population.imports.held_changes import agree_to_changes
from population.imports.reconciling import adds_up
from population.imports.samples import samples
from population.imports.steering import agree
from population.models import Following, HeldRow, ImportRun, RowBefore, RunState
from population.register import registered_person
from tests.levers import REASON
from tests.population.files import people, register, work, write
from tests.population.runs import ACTOR, KillAfter, Killed, bring_in, counts
from tests.population.test_admin import step
from tests.population.test_following import followed, issued_to, samples_of
from tests.population.test_reconciling import by_office

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")
SECOND = Actor.system("second")
SOMEBODY_ELSE = {"first_name_th": "ใครก็ไม่รู้", "birth_date": "1931-01-01"}


@pytest.fixture
def rows(tmp_path) -> list[dict]:
    """Sixty people of one office in the register, of whom the first five have a digital ID."""
    made = [row | {"office_code": "1206", "status": "alive"} for row in people(60)]
    issued_to(made[:5])
    bring_in(write(tmp_path / "first.csv", made))
    work()
    return made


def somebody_else(rows: list[dict], *places: int) -> list[dict]:
    return [
        row | SOMEBODY_ELSE if place in places else row for place, row in enumerate(rows)
    ]  # fmt: skip


def holder(row: dict) -> Person:
    return DigitalID.objects.get(number_key=number_key(row["number"])).holder


def as_before(row: dict) -> bool:
    known = (holder(row), registered_person(number_key(row["number"])).person)
    return all(one.first_name_th == row["first_name_th"] for one in known)


def agreed(run: ImportRun) -> ImportRun:
    for actor in (ACTOR, SECOND):
        agree_to_changes(run, actor=actor, reason=REASON)
    work()
    run.refresh_from_db()
    return run


def test_register_and_digital_id_stay_and_the_others_are_taken_over(tmp_path, rows):
    newer = somebody_else(rows, 1, 40)
    newer[2] |= {"last_name_th": "เปลี่ยนแล้ว"}
    run = bring_in(write(tmp_path / "newer.csv", newer))
    work()
    assert counts(run) == {"rows": 60, "rejected": 1, "changed": 2, "unchanged": 57}
    assert list(run.rejected_rows.values_list("line", "reason")) == [(3, "implausible")]
    assert followed(run) == {"state": "done", "updated": 1}
    assert as_before(rows[1])
    assert holder(rows[2]).last_name_th == "เปลี่ยนแล้ว"
    assert adds_up(run)


def test_both_names_at_once_wait_and_a_marriage_does_not(tmp_path, rows):
    newer = somebody_else(rows)
    newer[1] = rows[1] | {"first_name_th": "ใครก็ไม่รู้", "last_name_th": "เปลี่ยนแล้ว"}
    newer[2] = rows[2] | {"last_name_th": "เปลี่ยนแล้ว"}
    run = bring_in(write(tmp_path / "newer.csv", newer))
    work()
    assert list(run.rejected_rows.values_list("line", "reason")) == [(3, "implausible")]
    assert followed(run) == {"state": "done", "updated": 1}
    assert as_before(rows[1])
    agreed(run)
    assert holder(rows[1]).full_names["th"].endswith("ใครก็ไม่รู้ เปลี่ยนแล้ว")


@pytest.mark.parametrize("status", ["deceased", "removed"])
def test_an_end_in_somebody_elses_name_ends_nothing(tmp_path, rows, status):
    newer = [rows[1] | SOMEBODY_ELSE | {"status": status}, rows[2] | {"status": "deceased"}]
    run = bring_in(write(tmp_path / "newer.csv", newer))
    work()
    assert followed(run) == {"state": "done", "revoked": 1}
    assert registered_person(number_key(rows[1]["number"])).alive


def test_a_file_that_holds_everybody_does_not_remove_whom_it_doubts(tmp_path, rows):
    run = bring_in(write(tmp_path / "newer.csv", somebody_else(rows, 1)[:50]), complete=True)
    assert counts(run) == {"rows": 50, "rejected": 1, "unchanged": 49, "removed": 10}
    assert as_before(rows[1])


def test_what_waits_stays_where_the_line_of_whom_it_is_about_may_be_unreadable(tmp_path, rows):
    bring_in(write(tmp_path / "one.csv", somebody_else(rows, 1)))
    unread = rows[1] | {"number": "1234567890123"}
    bring_in(write(tmp_path / "all.csv", [rows[0], unread, *rows[2:]]), complete=True)
    assert [one.number_key for one in HeldRow.objects.all()] == [number_key(rows[1]["number"])]


def test_a_first_file_is_held_to_the_digital_ids_as_well(tmp_path):
    rows = [row | {"office_code": "1206"} for row in people(60)]
    issued_to(rows[:5])
    run = bring_in(write(tmp_path / "first.csv", somebody_else(rows, 1)))
    work()
    assert counts(run) == {"rows": 60, "rejected": 1, "inserted": 59}
    assert holder(rows[1]).first_name_th == rows[1]["first_name_th"]
    assert not registered_person(number_key(rows[1]["number"])).found
    agreed(run)
    assert counts(run) == {"rows": 60, "inserted": 60}
    assert adds_up(run)
    assert holder(rows[1]).first_name_th == SOMEBODY_ELSE["first_name_th"]
    services.roll_back(run, actor=ACTOR)
    assert register() == {}


def test_two_people_take_it_over_and_the_way_back_is_kept(tmp_path, rows):
    before = register()
    run = bring_in(write(tmp_path / "newer.csv", somebody_else(rows, 1)))
    work()
    for _time in range(2):
        agree_to_changes(run, actor=ACTOR, reason=REASON)
        work()
        assert as_before(rows[1])
    agreed(run)
    assert holder(rows[1]).birth_date == "1931-01-01"
    assert registered_person(number_key(rows[1]["number"])).person.birth_date == "1931-01-01"
    assert counts(run) == {"rows": 60, "changed": 1, "unchanged": 59}
    assert by_office(run) == {"1206": {"in_file": 60, "changed": 1, "unchanged": 59}}
    assert adds_up(run)
    assert followed(run) == {"state": "done", "updated": 1}
    assert not HeldRow.objects.exists()
    services.roll_back(run, actor=ACTOR)
    work()
    assert register() == before
    assert as_before(rows[1])
    assert not RowBefore.objects.exists()


def test_ends_that_were_agreed_to_wait_for_their_own_word(tmp_path, rows, settings):
    settings.REGISTER_ENDS_AT_MOST = 0
    newer = [rows[1] | SOMEBODY_ELSE | {"status": "deceased"}]
    run = agreed(bring_in(write(tmp_path / "newer.csv", newer)))
    assert followed(run) == {"state": "held"}
    assert Following.objects.get(run=run).ending == 1
    assert [one.after.first_name_th for one in samples(run)] == [SOMEBODY_ELSE["first_name_th"]]
    assert {one.status for one in DigitalID.objects.all()} == {DigitalIDStatus.ACTIVE}


def test_the_page_shows_them_and_leaves_them(tmp_path, rows, admin):
    run = bring_in(write(tmp_path / "newer.csv", somebody_else(rows, 1)))
    work()
    page = admin.get(f"/admin/population/importrun/{run.pk}/change/")
    assert page.context["steps"] == ["take_changes", "leave_changes", "roll_back"]
    assert "or another sex: 1." in page.content.decode()
    shown = admin.get(samples_of(run))
    (sample,) = shown.context["held"]
    assert (sample.before.first_name_th, sample.after.first_name_th) == (
        rows[1]["first_name_th"], SOMEBODY_ELSE["first_name_th"]
    )  # fmt: skip
    assert rows[1]["number"] not in shown.content.decode()
    step(admin, run, "take_changes")
    assert as_before(rows[1])
    step(admin, run, "leave_changes", reason="")
    assert HeldRow.objects.exists()
    step(admin, run, "leave_changes")
    assert not HeldRow.objects.exists()
    last = Entry.objects.about(run).order_by("id").last()
    assert (last.action, last.details["people"]) == ("register.changes_left", 1)
    assert last.reason == REASON
    assert admin.get(samples_of(run)).status_code == 404
    agreed(run)
    assert as_before(rows[1])


@pytest.mark.parametrize(
    ("newer", "complete", "waiting"),
    [
        (lambda rows: rows[1:2], False, 0),
        (lambda rows: somebody_else(rows, 1)[1:2], False, 1),
        (lambda rows: rows[10:20], False, 1),
        (lambda rows: rows[:1] + rows[2:], True, 0),
    ],
)
def test_a_newer_file_has_the_word(tmp_path, rows, newer, complete, waiting):
    older = bring_in(write(tmp_path / "older.csv", somebody_else(rows, 1)))
    run = bring_in(write(tmp_path / "newer.csv", newer(rows)), complete=complete)
    assert run.state == RunState.DONE
    assert HeldRow.objects.count() == waiting
    assert older.held_rows.count() == (newer(rows) == rows[10:20])


def test_what_is_given_up_keeps_nothing_of_people(tmp_path, rows, settings):
    run = bring_in(write(tmp_path / "newer.csv", somebody_else(rows, 1)))
    services.roll_back(run, actor=ACTOR)
    assert not HeldRow.objects.exists()
    settings.REGISTER_CEILING_LEAST = 0
    settings.REGISTER_CEILINGS = dict.fromkeys(("ended", "changed", "rejected"), (0, 0))
    run = bring_in(write(tmp_path / "again.csv", somebody_else(rows, 1)))
    assert (run.state, run.held_rows.count()) == (RunState.HELD, 1)
    services.cancel(run, actor=ACTOR)
    assert not HeldRow.objects.exists()


def test_a_digital_id_that_is_issued_while_the_file_waits_is_looked_at(tmp_path, rows, settings):
    settings.REGISTER_CEILING_LEAST = 0
    settings.REGISTER_CEILINGS = dict.fromkeys(("ended", "changed", "rejected"), (0, 0))
    run = bring_in(write(tmp_path / "newer.csv", somebody_else(rows, 40)))
    assert (run.state, run.held_rows.count()) == (RunState.HELD, 0)
    issued_to(rows[40:41])
    for actor in (ACTOR, SECOND):
        agree(run, actor=actor, reason=REASON)
    run = services.run_import(run, tmp_path / "newer.csv", workers=0, actor=ACTOR)
    work()
    assert counts(run) == {"rows": 60, "rejected": 1, "unchanged": 59}
    assert as_before(rows[40])


@pytest.mark.parametrize("reports", [1, 4, 12])
def test_killed_anywhere_they_are_held_once(tmp_path, rows, reports):
    path = write(tmp_path / "newer.csv", somebody_else(rows, 0, 1, 2, 3, 4))
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(reports))
    run = bring_in(path, resume=True)
    assert counts(run) == {"rows": 60, "rejected": 5, "unchanged": 55}
    assert (run.held_rows.count(), adds_up(run)) == (5, True)
