"""What became of a file, office by office; and that citizens go first."""

import pytest
from django.urls import reverse

from core.outbox.models import Job
from population.imports import throttling
from population.imports.reconciling import COUNTED, report, totals
from tests.factories import PilotMemberFactory
from tests.population.files import people, write
from tests.population.runs import bring_in

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")


def by_office(run) -> dict[str, dict[str, int]]:
    counts = run.office_counts.values_list("office_code", *COUNTED)
    return {
        code: {name: count for name, count in zip(COUNTED, numbers, strict=True) if count}
        for code, *numbers in counts
    }


def three_offices() -> list[dict]:
    rows = people(60)
    codes = ("1206", "1001", "5001")
    return [row | {"office_code": codes[place % 3]} for place, row in enumerate(rows)]


def test_a_first_import_is_counted_by_office(tmp_path):
    rows = three_offices()
    rows[0] |= {"status": "asleep"}
    rows[1] |= {"office_code": "9999"}
    run = bring_in(write(tmp_path / "register.csv", [*rows, rows[5]]))
    assert by_office(run) == {
        "": {"in_file": 1, "rejected": 1},
        "1001": {"in_file": 19, "inserted": 19},
        "1206": {"in_file": 20, "inserted": 19, "rejected": 1},
        "5001": {"in_file": 21, "inserted": 19, "rejected": 2},
    }


def test_a_later_import_is_counted_by_office(tmp_path):
    rows = three_offices()
    bring_in(write(tmp_path / "register.csv", rows[:50]))
    rows[0] |= {"status": "deceased"}
    run = bring_in(write(tmp_path / "newer.csv", [*rows[:3], *rows[6:]]), complete=True)
    assert by_office(run) == {
        "1001": {"in_file": 19, "inserted": 3, "unchanged": 16, "removed": 1},
        "1206": {"in_file": 19, "inserted": 3, "changed": 1, "unchanged": 15, "removed": 1},
        "5001": {"in_file": 19, "inserted": 4, "unchanged": 15, "removed": 1},
    }
    assert totals(run)["in_file"] == run.rows + run.rejected


def test_provinces_sum_their_offices_up_and_name_the_pilot(tmp_path):
    PilotMemberFactory(office_id="1206", state="expected", office=None, difference="")
    run = bring_in(write(tmp_path / "register.csv", three_offices()))
    assert {line.code: (line.counts["inserted"], line.pilot) for line in report(run)} == {
        "10": (20, 0),
        "12": (20, 1),
        "50": (20, 0),
    }
    assert [line.code for line in report(run, province="12")] == ["1206"]


def test_the_report_is_a_page_and_a_file(admin, tmp_path):
    rows = three_offices()
    rows[0] |= {"status": "asleep"}
    run = bring_in(write(tmp_path / "register.csv", rows))
    page = reverse("admin:population_importrun_offices", args=[run.pk])
    assert len(admin.get(page).context["lines"]) == 3
    assert admin.get(page, {"province": "12"}).context["lines"][0].code == "1206"
    file = admin.get(reverse("admin:population_importrun_offices_file", args=[run.pk])).getvalue()
    assert len(file.decode("utf-8-sig").splitlines()) == 4
    rejected = reverse("admin:population_importrun_rejected", args=[run.pk])
    assert len(admin.get(rejected, {"office": "1206"}).getvalue().decode().splitlines()) == 2
    assert len(admin.get(rejected, {"office": "5001"}).getvalue().decode().splitlines()) == 1


def test_an_import_waits_while_citizens_wait_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(throttling, "LONGEST_SECONDS", 0.05)
    monkeypatch.setattr(throttling, "LOOK_EVERY_SECONDS", 0.01)
    assert throttling.yield_to_traffic() < 0.04
    Job.objects.create(kind="population.import", subject="0193d0a0-0000-7000-8000-000000000000")
    assert throttling.yield_to_traffic() < 0.04
    Job.objects.create(kind="check", subject="0193d0a0-0000-7000-8000-000000000000")
    assert throttling.yield_to_traffic() >= 0.05
