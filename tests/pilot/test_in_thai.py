"""What an import of the pilot tells administrators whose browsers ask for Thai."""

from django.urls import reverse

from core.thai_words import joined
from pilot import contract, services
from pilot.models import PilotImport, PilotImportState
from tests.e2e.staff_walk import worded_badly
from tests.pilot.files import known_people, of_the_pilot, take_over
from tests.population.files import work, write
from tests.population.test_in_thai import THAI, texts


def page_of(admin, begun):
    return admin.get(reverse("admin:pilot_pilotimport_change", args=[begun.pk]), headers=THAI)


def test_a_failed_import_says_why_in_the_language_of_the_reader(admin, folder, monkeypatch):
    monkeypatch.setattr(contract, "MOST_PEOPLE", 2)
    begun = take_over(folder, [of_the_pilot(row) for row in known_people(3)])
    told = "ระยะนำร่องมีผู้ลงทะเบียนได้ไม่เกิน 2 คน แต่ไฟล์นี้มีมากกว่า"
    assert begun.state == PilotImportState.FAILED
    assert joined(told) in texts(page_of(admin, begun))
    assert worded_badly(texts(page_of(admin, begun)), thai=True) == []


def test_an_import_that_keeps_failing_says_so_in_thai(admin, folder, settings, monkeypatch):
    settings.JOB_MAX_DELIVERIES = 1
    write(folder / "pilot.csv", [of_the_pilot(row) for row in known_people(1)])
    admin.post(reverse("admin:pilot_pilotimport_add"), {"file": "pilot.csv"})
    monkeypatch.setattr(services, "_take_over_batch", None)
    work()
    page = page_of(admin, PilotImport.objects.get())
    assert joined("หยุดไว้เนื่องจากล้มเหลวหลายครั้ง: TypeError") in texts(page)


def test_a_file_that_is_not_there_is_refused_in_thai(admin, folder, settings):
    settings.IMPORT_BUCKETS = ["registers"]
    address = reverse("admin:pilot_pilotimport_add")
    page = admin.post(address, {"address": "s3://elsewhere/a.csv"}, headers=THAI)
    told = "s3://elsewhere/a.csv ไม่ได้อยู่ใน bucket ที่เปิดให้นำเข้า"
    assert page.context["form"].non_field_errors() == [joined(told)]
    assert worded_badly(texts(page), thai=True) == []


def test_rejected_rows_have_their_reasons_in_thai(admin, folder):
    line = of_the_pilot(known_people(1)[0]) | {"password": "plain"}
    begun = take_over(folder, [line])
    address = reverse("admin:pilot_pilotimport_rejected", args=[begun.pk])
    lines = admin.get(address, headers=THAI).getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "บรรทัด,เหตุผล"
    assert worded_badly(lines, thai=True) == []
