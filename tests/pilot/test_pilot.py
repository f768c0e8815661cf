"""Digital IDs of the pilot: taken over as a whole, compared with the register, decided on."""

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from identity.life import LifeReason, change_status
from identity.models import DigitalID
from identity.numbers import number_key
from offices.services import load_offices
from pilot import contract, services
from pilot.decisions import issue_after_all, refuse
from pilot.models import MemberState, PilotImportState, PilotMember
from population.models import PopulationRecord
from registration.errors import Conflict, Refused
from tests.factories import OfficerFactory
from tests.pilot.files import ACTOR, known_people, of_the_pilot, take_over
from tests.population.files import write, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offices(db):
    load_offices()


def counts(done) -> dict[str, int]:
    found = {name: getattr(done, name) for name in services.COUNTS}
    return {name: count for name, count in found.items() if count}


def member(row) -> PilotMember:
    return PilotMember.objects.get(number_key=number_key(row["number"]))


def test_whoever_agrees_with_the_register_gets_the_digital_id(tmp_path):
    rows = known_people(3)
    done = take_over(tmp_path, [of_the_pilot(row) for row in rows])
    assert (done.state, counts(done)) == (PilotImportState.DONE, {"rows": 3, "matched": 3})
    issued = DigitalID.objects.get(number_key=number_key(rows[0]["number"]))
    assert (issued.channel, issued.assurance, issued.portrait) == ("office", "IAL2.3", "")
    assert issued.holder.first_name_en == rows[0]["first_name_en"]
    assert issued.issued_at.astimezone().date().isoformat() >= "2021-05-03"
    mine = member(rows[0])
    assert (mine.state, mine.digital_id, mine.person, mine.password) == (
        MemberState.EXPECTED,
        issued.pk,
        None,
        "",
    )


def differing(tmp_path) -> dict[str, PilotMember]:
    rows = known_people(6)
    lines = [of_the_pilot(row) for row in rows]
    PopulationRecord.objects.filter(pk=number_key(rows[0]["number"])).delete()
    PopulationRecord.objects.filter(pk=number_key(rows[1]["number"])).update(status="deceased")
    lines[2] |= {"first_name_th": "สมหญิง"}
    lines[3] |= {"birth_date": "1901-01-01"}
    DigitalID.objects.create(number_key=number_key(rows[4]["number"]), holder_sealed=b"x")
    lines[5] |= {"title_th": "คุณ", "first_name_th": f" {lines[5]['first_name_th']} "}
    done = take_over(tmp_path, lines)
    assert counts(done) == {"rows": 6, "matched": 1, "differing": 5}
    return {one.difference: one for one in PilotMember.objects.all()}


def test_differences_are_named_and_wait_for_an_officer(tmp_path):
    found = differing(tmp_path)
    assert set(found) == {"", "not_in_register", "not_alive", "name", "birth_date", "registered"}
    assert PilotMember.objects.differing().count() == 5
    assert found["name"].person.first_name_th == "สมหญิง"


def test_an_officer_overrules_a_name_and_what_the_file_said_is_deleted(tmp_path):
    one, officer = differing(tmp_path)["name"], OfficerFactory()
    issue_after_all(one, officer=officer)
    one.refresh_from_db()
    assert (one.state, one.decided_by, one.person, one.password) == ("expected", officer, None, "")
    holder = DigitalID.objects.get(pk=one.digital_id).holder
    assert holder.first_name_th != "สมหญิง"
    with pytest.raises(Conflict):
        refuse(one, officer=officer)
    assert Entry.objects.filter(action="pilot.decided").count() == 1


@pytest.mark.parametrize("difference", ["not_in_register", "not_alive", "registered"])
def test_what_the_register_rules_out_is_not_overruled(tmp_path, difference):
    one = differing(tmp_path)[difference]
    with pytest.raises(Refused):
        issue_after_all(one, officer=OfficerFactory())
    refuse(one, officer=OfficerFactory())
    one.refresh_from_db()
    assert (one.state, one.digital_id) == (MemberState.REFUSED, None)


def test_wrong_lines_are_rejected_by_line_and_reason(tmp_path):
    rows = known_people(9)
    lines = [of_the_pilot(row) for row in rows]
    faults = [
        {"number": "12345678901234"}, {"activated_on": "2021-02-30"}, {"expires_on": "2030"},
        {"password": "secret"}, {"consent_version": ""}, {"office_code": "9999"},
        {"expires_on": "2573-11-30"}, {"activated_on": "2564-05-04"},
    ]  # fmt: skip
    lines[:8] = [line | fault for line, fault in zip(lines, faults, strict=False)]
    done = take_over(tmp_path, [*lines, lines[8]])
    assert counts(done) == {"rows": 10, "rejected": 10}
    assert done.rejected_lines == [
        [2, "number_form"], [3, "activated_on"], [4, "expires_on"], [5, "password"],
        [6, "empty"], [7, "office"], [8, "buddhist_year"], [9, "buddhist_year"],
        [10, "twice_in_file"], [11, "twice_in_file"],
    ]  # fmt: skip


def test_the_same_file_twice_changes_nothing(tmp_path):
    lines = [of_the_pilot(row) for row in known_people(3)]
    take_over(tmp_path, lines)
    assert counts(take_over(tmp_path, lines)) == {"rows": 3, "already_there": 3}
    assert DigitalID.objects.count() == 3


def test_the_pilot_has_an_upper_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(contract, "MOST_PEOPLE", 2)
    done = take_over(tmp_path, [of_the_pilot(row) for row in known_people(3)])
    assert (done.state, PilotMember.objects.count()) == (PilotImportState.FAILED, 0)
    assert done.message_in_words == "The pilot has 2 people at most; the file has more."


def test_a_file_that_breaks_off_leaves_nothing(tmp_path):
    path = zipped(write(tmp_path / "p.csv", [of_the_pilot(row) for row in known_people(3)]))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CommandError, match="cut off or damaged"):
        call_command("import_pilot", path)
    assert (PilotMember.objects.count(), DigitalID.objects.count()) == (0, 0)


def test_a_file_is_not_taken_back_once_somebody_has_renewed(tmp_path):
    done = take_over(tmp_path, [of_the_pilot(row) for row in known_people(1)])
    change_status(DigitalID.objects.get(), "revoke", actor=ACTOR, reason=LifeReason.RENEWED)
    with pytest.raises(Refused):
        services.take_file_back(done, actor=ACTOR)


def test_a_file_is_taken_back_until_somebody_has_decided(tmp_path):
    differing(tmp_path)
    done = PilotMember.objects.first().pilot_import
    services.take_file_back(done, actor=ACTOR)
    assert (PilotMember.objects.count(), DigitalID.objects.count()) == (0, 1)
    again = take_over(tmp_path, [of_the_pilot(row) for row in known_people(1)])
    PilotMember.objects.update(decided_at="2022-01-01T00:00Z")
    with pytest.raises(Refused):
        services.take_file_back(again, actor=ACTOR)
