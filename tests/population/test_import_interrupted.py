"""Killed, paused, cancelled, resumed, two at once: the result is the same as without."""

import threading

import pytest
from django.db import connection, transaction

from identity.numbers import number_key
from population.imports import services, staging
from population.imports.reading import read_chunks
from population.models import ImportRun, PopulationRecord, RunState
from tests.population.files import people, register, write
from tests.population.runs import (
    ACTOR,
    KillAfter,
    Killed,
    bring_in,
    counts,
    digest_of_file,
    digest_of_register,
)

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")


@pytest.mark.parametrize("reports", [1, 2, 4])
def test_a_killed_import_is_resumed_to_the_same_result(tmp_path, reports):
    rows = people(150)
    path = write(tmp_path / "register.csv", [*rows, rows[0]])
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(reports))
    assert register() == {}
    run = bring_in(path, resume=True)
    assert counts(run) == {"rows": 151, "rejected": 2, "inserted": 149}
    assert set(register()) == {number_key(row["number"]) for row in rows[1:]}


def test_an_import_killed_while_taking_over_merges_each_part_once(tmp_path):
    rows = people(200)
    bring_in(write(tmp_path / "register.csv", rows[:150]))
    path = write(tmp_path / "newer.csv", rows[10:])
    chunks = len(list(read_chunks(path)))
    with pytest.raises(Killed):
        bring_in(path, complete=True, on_progress=KillAfter(chunks + 5))
    assert ImportRun.objects.first().state == RunState.MERGING
    run = bring_in(path, resume=True)
    assert counts(run) == {"rows": 190, "inserted": 50, "unchanged": 140, "removed": 10}
    assert digest_of_register() == digest_of_file(run)


def test_an_import_killed_after_the_exchange_only_ends(tmp_path):
    path = write(tmp_path / "register.csv", people(20))
    run = bring_in(path)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.MERGING)
    assert counts(bring_in(path, resume=True)) == {"rows": 20, "inserted": 20}
    assert len(register()) == 20


def test_an_import_goes_on_in_slices(tmp_path):
    path = write(tmp_path / "register.csv", people(100))
    run = services.begin(path, complete=False, resume=False)
    slices = 0
    while run.state in (RunState.LOADING, RunState.MERGING):
        services.run_import(run, path, workers=0, actor=ACTOR, should_stop=lambda: True)
        slices += 1
    assert slices > 16
    assert counts(run) == {"rows": 100, "inserted": 100}


def test_resuming_with_another_file_is_refused(tmp_path):
    with pytest.raises(Killed):
        bring_in(write(tmp_path / "register.csv", people(100)), on_progress=KillAfter(1))
    with pytest.raises(services.ImportRefused, match=r"was of register\.csv, not this file"):
        bring_in(write(tmp_path / "other.csv", people(101)), resume=True)


def test_resuming_nothing_is_refused(tmp_path):
    with pytest.raises(services.ImportRefused, match="no interrupted import"):
        bring_in(write(tmp_path / "register.csv", people(3)), resume=True)


def test_a_second_import_is_refused_while_one_is_open(tmp_path):
    path = write(tmp_path / "register.csv", people(100))
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(1))
    with pytest.raises(services.ImportRefused, match="is not finished"):
        bring_in(path)
    assert ImportRun.objects.count() == 1


def test_two_processes_cannot_work_on_the_same_import(tmp_path):
    path = write(tmp_path / "register.csv", people(100))
    refused = []

    def resume_elsewhere() -> None:
        try:
            bring_in(path, resume=True)
        except services.ImportRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    def told(_run: ImportRun) -> None:
        if not refused:
            other = threading.Thread(target=resume_elsewhere)
            other.start()
            other.join()

    assert counts(bring_in(path, on_progress=told)) == {"rows": 100, "inserted": 100}
    assert refused == ["Another process is working on an import at this moment."]


def test_a_pause_holds_and_resuming_finishes(tmp_path):
    path = write(tmp_path / "register.csv", people(100))
    run = bring_in(path, on_progress=lambda run: services.pause(run, actor=ACTOR))
    assert run.state == RunState.PAUSED
    assert counts(bring_in(path, resume=True)) == {"rows": 100, "inserted": 100}


def test_a_cancelled_import_leaves_nothing(tmp_path):
    path = write(tmp_path / "register.csv", people(100))
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(2))
    run = ImportRun.objects.get()
    services.cancel(run, actor=ACTOR)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert register() == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [run.staging])
        assert cursor.fetchone() == (None,)


def test_cancelling_while_it_runs_stops_it(tmp_path):
    path = write(tmp_path / "register.csv", people(100))
    run = bring_in(path, on_progress=lambda run: services.cancel(run, actor=ACTOR))
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert register() == {}


def test_a_finished_import_cannot_be_cancelled(tmp_path):
    run = bring_in(write(tmp_path / "register.csv", people(3)))
    with pytest.raises(services.ImportRefused):
        services.cancel(run, actor=ACTOR)


def test_rows_that_came_in_meanwhile_are_kept(tmp_path):
    """A row entered between the look whether the register is empty and the exchange."""
    rows = people(30)
    path = write(tmp_path / "register.csv", rows)
    stranger = number_key("1101700230705")

    def enter(_run: ImportRun) -> None:
        PopulationRecord.objects.get_or_create(
            number_key=stranger,
            defaults={"person_sealed": b"x", "office_code": "1206", "birth_year": 1990},
        )

    run = bring_in(path, on_progress=enter)
    assert counts(run) == {"rows": 30, "inserted": 30}
    assert stranger in register()
    assert len(register()) == 31


def test_a_look_up_in_the_way_of_the_exchange_delays_it_and_sees_no_fault(tmp_path):
    path = write(tmp_path / "register.csv", people(20))
    reading, ended = threading.Event(), threading.Event()
    seen = []

    def look_up() -> None:
        with transaction.atomic():
            seen.append(PopulationRecord.objects.count())
            reading.set()
            ended.wait(0.5)
            seen.append(PopulationRecord.objects.count())
        seen.append(PopulationRecord.objects.count())
        connection.close()

    reader = threading.Thread(target=look_up)
    reader.start()
    reading.wait()
    run = bring_in(path)
    ended.set()
    reader.join()
    assert counts(run) == {"rows": 20, "inserted": 20}
    assert seen[:2] == [0, 0]
    assert staging.register_is_empty() is False
