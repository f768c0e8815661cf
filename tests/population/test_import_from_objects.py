"""Registers out of object storage: streamed, gone on with where it broke off."""

import polars as pl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from pilot.models import PilotMember
from population.imports import objects
from population.imports.contract import BadFile
from population.imports.objects import S3Object
from population.models import ImportRun, RunState
from tests.pilot.files import known_people, of_the_pilot
from tests.population.files import people, register, work, write, zipped
from tests.population.object_store import object_store
from tests.population.runs import KillAfter, Killed, bring_in, counts

pytestmark = pytest.mark.usefixtures("offices")
NAME = "s3://registers/2026/all.csv"


@pytest.fixture
def store(settings, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-7")
    monkeypatch.setattr(objects, "PAUSE_SECONDS", 0.001)
    with object_store() as store:
        settings.IMPORT_BUCKETS, settings.IMPORT_ENDPOINT = ["registers"], store.address
        yield store


def put(store, path) -> S3Object:
    store.objects[f"/registers/2026/{path.name}"] = path.read_bytes()
    return S3Object.named(f"s3://registers/2026/{path.name}")


@pytest.mark.parametrize("kind", ["plain", "gzip", "parquet"])
def test_an_object_is_imported(store, tmp_path, kind):
    rows = people(60)
    path = write(tmp_path / "all.csv", rows)
    if kind == "gzip":
        path = zipped(path)
    if kind == "parquet":
        path = tmp_path / "all.parquet"
        pl.DataFrame(rows).write_parquet(path)
    run = bring_in(put(store, path))
    assert (run.state, counts(run)) == (RunState.DONE, {"rows": 60, "inserted": 60})
    assert run.file_name == f"s3://registers/2026/{path.name}"


def test_a_connection_that_breaks_is_made_again_where_it_broke(store, tmp_path):
    store.breaks, store.break_after = 4, 3000
    run = bring_in(put(store, write(tmp_path / "all.csv", people(200))))
    assert counts(run) == {"rows": 200, "inserted": 200}
    ranges = [wanted for method, wanted in store.requests if method == "GET"]
    assert "bytes=3000-" in ranges
    assert "bytes=6000-" in ranges


def test_an_interrupted_import_goes_on_in_the_middle(store, tmp_path, small_chunks, monkeypatch):
    monkeypatch.setattr(objects, "BUFFER_BYTES", 1024)
    source = put(store, write(tmp_path / "all.csv", people(300)))
    with pytest.raises(Killed):
        bring_in(source, on_progress=KillAfter(5))
    store.requests.clear()
    assert counts(bring_in(source, resume=True)) == {"rows": 300, "inserted": 300}
    ranges = [wanted for method, wanted in store.requests if method == "GET"]
    assert max(int(wanted[6:-1]) for wanted in ranges) > 4 * 4096


def test_an_object_replaced_meanwhile_ends_the_import(store, tmp_path):
    source = put(store, write(tmp_path / "all.csv", people(5)))
    with source.open() as file:
        file.read(10)
        file.raw.seek(0)
        put(store, write(tmp_path / "all.csv", people(6)))
        with pytest.raises(BadFile, match="replaced meanwhile"):
            file.raw.read(10)


def test_what_is_not_there_or_not_open_is_said_in_words(store, settings):
    with pytest.raises(CommandError, match="There is no such object"):
        call_command("import_population", NAME)
    for address in ("s3://elsewhere/all.csv", "s3://registers", "s3://"):
        with pytest.raises(CommandError, match="not lie in a bucket that is open"):
            call_command("import_population", address)
    assert not ImportRun.objects.exists()


def test_a_store_that_stops_answering_is_told_from_the_end_of_the_file(store, tmp_path):
    source = put(store, write(tmp_path / "all.csv", people(50)))
    store.breaks, store.break_after = 100, 0
    with pytest.raises(CommandError, match="stopped answering"):
        call_command("import_population", source.name)


def test_an_administrator_imports_an_object(admin, store, tmp_path):
    put(store, write(tmp_path / "all.csv", people(20)))
    page = admin.post(reverse("admin:population_importrun_add"), {"address": NAME})
    assert page.status_code == 302
    work()
    assert ImportRun.objects.get().inserted == 20
    assert len(register()) == 20


def test_an_administrator_is_told_of_an_address_that_is_none(admin, store):
    page = admin.post(
        reverse("admin:population_importrun_add"), {"address": "s3://elsewhere/a.csv"}
    )
    assert "bucket" in str(page.context["form"].non_field_errors())
    assert not ImportRun.objects.exists()


def test_the_pilot_is_imported_from_an_object(store, tmp_path):
    path = write(tmp_path / "pilot.csv", [of_the_pilot(row) for row in known_people(3)])
    call_command("import_pilot", put(store, path).name)
    assert PilotMember.objects.count() == 3
