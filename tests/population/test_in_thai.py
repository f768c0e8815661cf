"""What an import tells administrators whose browsers ask for Thai."""

import html
import pickle
import re

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override

from audit.services import Actor
from core.thai_words import joined
from population import jobs
from population.imports import services, staging
from population.imports.contract import BadFile
from population.models import ImportRun, RunState
from tests.e2e.staff_walk import worded_badly
from tests.population.files import people, work, write
from tests.population.runs import bring_in

THAI = {"accept-language": "th"}
START = "admin:population_importrun_add"


def texts(page: HttpResponse) -> list[str]:
    """What stands on the page itself, without what stands around it on each."""
    main = page.content.decode().split("<main", maxsplit=1)[1]
    return [html.unescape(text).strip() for text in re.findall(r">([^<>]+)<", main)]


def page_of(admin, run) -> HttpResponse:
    return admin.get(reverse("admin:population_importrun_change", args=[run.pk]), headers=THAI)


@pytest.fixture
def finished(admin, folder) -> ImportRun:
    return bring_in(write(folder / "register.csv", people(3)))


def test_a_file_that_holds_everybody_is_refused_in_thai(admin, folder):
    write(folder / "register.csv", people(3))
    asked = {"file": "register.csv", "complete": "on"}
    page = admin.post(reverse(START), asked, headers=THAI)
    told = "ไฟล์ที่มีทุกคนต้องระบุจำนวนคนหรือค่า SHA-256 ของไฟล์มาด้วย"
    assert page.context["form"].non_field_errors() == [joined(told)]
    assert worded_badly(texts(page), thai=True) == []


def test_a_second_import_is_refused_in_thai(admin, folder):
    services.begin(write(folder / "register.csv", people(3)), complete=False, resume=False)
    page = admin.post(reverse(START), {"file": "register.csv"}, headers=THAI)
    told = "การนำเข้าไฟล์ register.csv ยังไม่เสร็จ กรุณาทำต่อให้เสร็จหรือยกเลิกก่อน"
    assert page.context["form"].non_field_errors() == [joined(told)]


def test_a_bucket_that_is_not_open_is_refused_in_thai(admin, folder, settings):
    settings.IMPORT_BUCKETS = ["registers"]
    page = admin.post(reverse(START), {"address": "s3://elsewhere/a.csv"}, headers=THAI)
    told = "s3://elsewhere/a.csv ไม่ได้อยู่ใน bucket ที่เปิดให้นำเข้า"
    assert page.context["form"].non_field_errors() == [joined(told)]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("cancel", "การนำเข้านี้ยกเลิกไม่ได้แล้ว แต่ย้อนกลับได้"),
        ("continue", "การนำเข้านี้ไม่ได้พักไว้"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_in_thai(admin, finished, step, told):
    address = reverse("admin:population_importrun_step", args=[finished.pk, step])
    page = admin.post(address, headers=THAI, follow=True)
    assert [str(one) for one in page.context["messages"]] == [joined(told)]
    assert worded_badly(texts(page), thai=True) == []


def test_a_register_that_is_being_read_is_told_of_in_thai(finished, monkeypatch):
    monkeypatch.setattr(staging, "LOCK_ATTEMPTS", 0)
    with override("th"), pytest.raises(staging.RegisterBusy) as refused:
        services.roll_back(finished, actor=Actor.system("a test"))
    assert str(refused.value).startswith(joined("มีการอ่านทะเบียนราษฎรต่อเนื่อง"))


def test_a_failed_run_says_why_in_the_language_of_the_reader(admin, folder):
    path = folder / "register.csv"
    path.write_text(write(path, people(3)).read_text().replace("status", "state"))
    admin.post(reverse(START), {"file": path.name})
    work()
    run = ImportRun.objects.get()
    assert (run.state, run.message_in_words) == (RunState.FAILED, "Columns are missing: status.")
    page = page_of(admin, run)
    assert joined("ขาดคอลัมน์: status") in texts(page)
    assert worded_badly(texts(page), thai=True) == []


def test_a_run_that_keeps_failing_says_so_in_thai(admin, folder, settings, monkeypatch):
    settings.JOB_MAX_DELIVERIES = 1
    write(folder / "register.csv", people(3))
    admin.post(reverse(START), {"file": "register.csv"})
    monkeypatch.setattr(jobs, "source_named", None)
    work()
    page = page_of(admin, ImportRun.objects.get())
    assert joined("หยุดไว้เนื่องจากล้มเหลวหลายครั้ง: TypeError") in texts(page)
    assert worded_badly(texts(page), thai=True) == []


def test_rejected_rows_have_their_reasons_in_thai(admin, folder):
    rows = people(3)
    rows[1] |= {"office_code": "9999"}
    run = bring_in(write(folder / "register.csv", rows))
    address = reverse("admin:population_importrun_rejected", args=[run.pk])
    lines = admin.get(address, headers=THAI).getvalue().decode("utf-8-sig").splitlines()
    assert lines == ["บรรทัด,เหตุผล,สำนักทะเบียน", "3,ไม่มีสำนักทะเบียนนี้,"]


def test_samples_have_years_and_offices_as_people_call_them(admin, folder, settings):
    settings.REGISTER_CEILING_LEAST = 0
    rows = [row | {"office_code": "1206", "birth_date": "2001-05-04"} for row in people(3)]
    bring_in(write(folder / "first.csv", rows))
    newer = [row | {"last_name_th": "เปลี่ยนแล้ว"} for row in rows]
    run = bring_in(write(folder / "newer.csv", newer))
    address = reverse("admin:population_importrun_samples", args=[run.pk])
    told = texts(admin.get(address, headers=THAI))
    assert [told.count("4 พ.ค. 2544"), told.count("2001-05-04")] == [6, 0]
    assert any("ปากเกร็ด" in one for one in told)


def test_the_report_of_offices_has_its_columns_in_thai(admin, finished):
    address = reverse("admin:population_importrun_offices_file", args=[finished.pk])
    lines = admin.get(address, headers=THAI).getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == ("รหัส,จังหวัด,สำนักทะเบียน,ในไฟล์,ใหม่,เปลี่ยนแปลง,มีอยู่แล้ว,ไม่รับ,ไม่มีแล้ว")


def test_what_an_older_release_stored_whole_stays_as_it_is(admin, finished):
    finished.message = "Line 71 is not UTF-8, 100% sure."
    finished.save()
    assert "Line 71 is not UTF-8, 100% sure." in texts(page_of(admin, finished))


def test_a_large_number_has_its_thousands_set_apart(offices, folder):
    path = write(folder / "register.csv", people(1_100))
    path.write_bytes(path.read_bytes() + b"\xfc\n")
    assert bring_in(path).message_values == {"line": "1,102"}


def test_the_command_speaks_english_as_the_rest_of_what_it_says(offices, folder):
    path = write(folder / "register.csv", people(1))
    path.write_bytes(path.read_bytes() + b"\xfc\n")
    with override("th"), pytest.raises(CommandError, match=r"^Line 3 is not UTF-8"):
        call_command("import_population", path, workers=0)


def test_a_worker_process_hands_the_reason_over_whole():
    """Chunks are read in processes of their own, and exceptions come back pickled."""
    come = pickle.loads(pickle.dumps(BadFile("Columns are missing: %(columns)s.", columns="x")))  # noqa: S301 - our own
    assert (come.said, come.values) == ("Columns are missing: %(columns)s.", {"columns": "x"})
