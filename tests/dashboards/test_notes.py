"""Notes on days: written by an administrator, told wherever figures stand by day, never lost."""

import csv
import datetime
import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audit.models import Entry
from dashboards.models import Note
from dashboards.notes.services import Draft, NoteRefused, write_note
from offices.models import Officer
from tests.dashboards.test_pages import PATH, add
from tests.factories import OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
NOTES = f"{PATH}notes/"


def day(back: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=back)


def draft(first: int = 3, last: int = 2, **given: str) -> Draft:
    told = {"kind": "holiday", "text_th": "สงกรานต์", "text_en": "Songkran"} | given
    return Draft(first_day=day(first), last_day=day(last), **told)


def written(**given: object) -> Note:
    return write_note(draft(**given), by=OfficerFactory(administrator=True))


@pytest.fixture
def staff(client, signed_in):
    client.cookies["django_language"] = "en"
    return signed_in(client, OfficerFactory(administrator=True))


def filled(**given: str) -> dict[str, str]:
    usual = {"kind": "outage", "first_day": day(2).isoformat(), "last_day": ""}
    return usual | {"text_th": "ระบบหยุด 14:02-14:40", "text_en": "Down 14:02-14:40"} | given


def test_an_administrator_writes_a_note_and_the_log_has_it_without_its_words(staff):
    assert staff.post(NOTES, filled()).status_code == 302
    note = Note.objects.get()
    assert (note.first_day, note.last_day, note.kind) == (day(2), day(2), "outage")
    entry = Entry.objects.get(action="figures.noted")
    days = {"since": day(2).isoformat(), "until": day(2).isoformat()}
    assert (entry.subject_id, entry.details) == (str(note.pk), {"kind": "outage"} | days)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text_en": "x" * 61}, "text_en"),
        ({"text_th": " "}, "text_th"),
        ({"text_en": "Somchai 1-1017-00230-70-8"}, "text_en"),
        ({"text_en": "ask somchai@example.org"}, "text_en"),
        ({"first_day": "2020-09-30"}, "first_day"),
        ({"first_day": "32/1/2569"}, "first_day"),
        ({"last_day": "2021-01-01"}, "last_day"),
        ({"last_day": "2100-01-01"}, "last_day"),
        ({"kind": "secret"}, "kind"),
    ],
)
def test_what_makes_no_note_is_told_at_its_field(staff, given, field):
    answer = staff.post(NOTES, filled(**given))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Note.objects.exists()


def test_a_note_is_of_a_quarter_at_most_and_a_day_has_five():
    with pytest.raises(NoteRefused, match="92 days"):
        written(first=100, last=8)
    for number in range(5):
        written(text_th=str(number))
    with pytest.raises(NoteRefused, match="five notes"):
        written(text_th="one more")
    assert written(first=30, last=30).pk


@pytest.mark.parametrize("role", ["supervisor", "provincial", "auditor"])
def test_others_who_watch_read_notes_and_write_none(client, signed_in, role):
    note, officer = written(), OfficerFactory(**{role: True})
    signed_in(client, officer)
    page = client.get(NOTES)
    assert ("สงกรานต์" in page.text, page.context["form"]) == (True, None)
    client.post(NOTES, filled())
    assert client.post(f"{NOTES}{note.pk}/remove/").status_code == 403
    assert Note.objects.filter(removed_at=None).count() == 1
    with pytest.raises(PermissionDenied):
        write_note(draft(text_th="อื่น"), by=officer)


def test_who_was_an_administrator_a_moment_ago_writes_nothing():
    officer = OfficerFactory(administrator=True)
    Officer.objects.filter(pk=officer.pk).update(role="auditor")
    with pytest.raises(PermissionDenied):
        write_note(draft(), by=officer)


def test_a_removed_note_is_on_no_chart_and_stays_with_who_removed_it(staff):
    note = written()
    add(5, day=day(2))
    assert "Songkran" in staff.get(PATH).text
    for _twice in range(2):
        assert staff.post(f"{NOTES}{note.pk}/remove/").status_code == 302
    assert "Songkran" not in staff.get(PATH).text
    note.refresh_from_db()
    page = " ".join(staff.get(NOTES).text.split())
    assert f"removed by {note.removed_by.name}" in page
    assert Entry.objects.filter(action="figures.note_removed").count() == 1
    assert written().pk != note.pk  # the same may be written anew


def test_page_files_and_api_tell_the_same_note_of_the_same_days(staff):
    written()
    words = "Public holiday: Songkran"
    page = staff.get(f"{PATH}?period=7").context["tables"][0]
    assert page.marks[0][1] == words
    assert json.loads(page.drawn) == [{"from": 3, "to": 4, "number": 1, "words": words}]
    text = staff.get(f"{PATH}overview.csv?period=7&table=days").content.decode("utf-8-sig")
    rows = {row["day"]: row["notes"] for row in csv.DictReader(io.StringIO(text))}
    noted = [day(3).isoformat(), day(2).isoformat()]
    assert rows == {
        day(n).isoformat(): words if day(n).isoformat() in noted else "" for n in range(7)
    }
    told = staff.get("/api/v1/statistics/overview/?period=7").json()["tables"]
    assert [table["key"] for table in told if "notes" in table["rows"][0]] == ["days"]
    mark = {"first_day": noted[0], "last_day": noted[1], "words": words}
    assert told[0]["marks"] == [mark]
    assert [row["day"] for row in told[0]["rows"] if row["notes"]] == noted[::-1]
    assert words in staff.get(f"{PATH}overview.json?period=7").text


def test_months_and_weeks_say_which_days_were_meant(staff):
    written(first=40, last=39)
    rows = staff.get(f"{PATH}overview.json?period=all").json()["tables"][0]["rows"]
    assert [row["day"] for row in rows if "Songkran" in row["notes"]] == sorted(
        {f"{day(40):%Y-%m}", f"{day(39):%Y-%m}"}, reverse=True
    )
    monday = day(0) - datetime.timedelta(days=day(0).weekday() + 7)
    add(9, figure="scores", label="liveness:19", day=monday)
    back = (day(0) - monday).days
    written(first=back - 6, last=back - 6, text_th="วันอาทิตย์", text_en="A Sunday")
    tables = {one["key"]: one for one in staff.get(f"{PATH}work.json").json()["tables"]}
    assert "A Sunday" in tables["liveness"]["rows"][0]["notes"]


def test_a_note_is_text_and_no_formula_and_no_markup(staff):
    written(text_th="=1+1<b>", text_en="=HYPERLINK(1)<script>")
    assert "<script>" not in staff.get(PATH).text.replace("<script ", "")
    text = staff.get(f"{PATH}overview.csv?period=7&table=days").content.decode("utf-8-sig")
    assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)
