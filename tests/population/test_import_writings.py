"""Numbers, codes and dates as cards and registers write them: each is the same person's."""

import pytest

from identity.numbers import laser_key, number_key
from population.imports import reading
from population.models import PopulationRecord
from tests.population.files import people, write
from tests.population.runs import bring_in, counts

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def printed(number: str, between: str) -> str:
    """As the card groups it."""
    parts = (number[:1], number[1:5], number[5:10], number[10:12], number[12:])
    return between.join(parts)


WRITINGS = {
    "hyphens": lambda row: {"number": printed(row["number"], "-")},
    "spaces": lambda row: {"number": printed(row["number"], " ")},
    "long dashes": lambda row: {"number": printed(row["number"], "–")},
    "spaces that do not break": lambda row: {"number": printed(row["number"], "\xa0")},
    "thai digits": lambda row: {
        name: row[name].translate(THAI)
        for name in ("number", "birth_date", "office_code", "laser_code")
    },
    "a thai one": lambda row: {"number": row["number"].replace("1", "๑")},
    "a byte order mark within": lambda row: {"number": f"\ufeff{row['number']}"},
    "small letters": lambda row: {"laser_code": row["laser_code"].lower()},
    "a code without hyphens": lambda row: {"laser_code": row["laser_code"].replace("-", "")},
    "a code in groups": lambda row: {"laser_code": row["laser_code"].replace("-", " ")},
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_is_the_same_person(tmp_path, writing):
    rows = people(3)
    again = [rows[0], rows[1] | WRITINGS[writing](rows[1]), rows[2]]
    assert counts(bring_in(write(tmp_path / "as_printed.csv", again))) == {"rows": 3, "inserted": 3}
    record = PopulationRecord.objects.get(number_key=number_key(rows[1]["number"]))
    assert record.laser_key == laser_key(rows[1]["laser_code"])
    assert record.birth_year == int(rows[1]["birth_date"][:4])
    same = bring_in(write(tmp_path / "plain.csv", rows))
    assert counts(same) == {"rows": 3, "unchanged": 3}


NO_CODES = {
    "a dash": {"laser_code": "–"},
    "dashes and a space": {"laser_code": "- -"},
    "nothing to be seen": {"laser_code": "\u200b"},
    "a letter that two make up": {"laser_code": "ß1234567890"},
    "a letter without its dot": {"laser_code": "ıA1-2345678-90"},
    "a private letter": {"birth_date": "1981\ue000"},
    "a long number": {"number": "\u0e48\u0e34" * 20_000},
    "a long a name": {"first_name_th": "\u0e48\u0e34" * 20_000},
}


@pytest.mark.parametrize("rubbish", NO_CODES)
def test_what_is_no_code_is_taken_for_none_and_holds_nothing_up(tmp_path, rubbish, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK_BYTES", 2**20)
    rows = people(3)
    rows[1] |= NO_CODES[rubbish]
    run = bring_in(write(tmp_path / "register.csv", rows))
    assert counts(run) == {"rows": 2, "rejected": 1, "inserted": 2}


def test_one_person_in_two_writings_is_there_twice(tmp_path):
    rows = people(3)
    twin = rows[1] | {"number": printed(rows[1]["number"], "-"), "status": "deceased"}
    run = bring_in(write(tmp_path / "register.csv", [*rows, twin]))
    assert list(run.rejected_rows.values_list("line", "reason")) == [
        (3, "twice_in_file"), (5, "twice_in_file")
    ]  # fmt: skip
