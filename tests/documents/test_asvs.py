"""docs/asvs.md answers ASVS 5.0.0, levels 1 and 2, each number once, by files that are there.

The numbers and levels are facts of the standard (CC BY-SA 4.0), whose words stand nowhere here.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs" / "asvs.md").read_text()
LEVELS = {
    1: """1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1
          5.2.1-2 5.3.1-2 6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1
          9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1
          15.2.1 15.3.1""",
    2: """1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6
          3.5.4-5 3.7.1-2 4.1.2-3 4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12
          6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2 8.1.2
          8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3
          11.1.1-2 11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5
          13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5
          16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2""",
}
HOW_MANY = {1: 70, 2: 183}  # as the standard says of itself
NUMBER = re.compile(r"\b\d+\.\d+\.\d+\b")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+[^|]*) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
NOT_APPLICABLE = re.compile(r"^Not applicable: (.+?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`((?:[\w.-]+/)*(?:[\w-]+\.(?:py|md|js|html|yaml|txt|toml)|\.containerignore))`")


def of_level(level: int) -> list[str]:
    found = []
    for part in LEVELS[level].split():
        first, _dash, last = part.partition("-")
        section, number = first.rsplit(".", 1)
        found += [f"{section}.{n}" for n in range(int(number), int(last or number) + 1)]
    return found


def rows() -> list[tuple[list[str], str]]:
    return [(NUMBER.findall(numbers), answer) for numbers, _asks, answer in ROW.findall(TEXT)]


def in_order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


@pytest.mark.parametrize("level", LEVELS)
def test_the_list_of_numbers_is_the_standards(level):
    assert len(set(of_level(level))) == HOW_MANY[level]


def test_each_requirement_is_answered_once():
    answered = [number for numbers, _answer in rows() for number in numbers]
    left_out = [number for text in NOT_APPLICABLE.findall(TEXT) for number in NUMBER.findall(text)]
    wanted = sorted(of_level(1) + of_level(2), key=in_order)
    assert sorted(answered + left_out, key=in_order) == wanted


def test_each_answer_names_a_file_or_says_what_is_not_met():
    enough = re.compile(rf"{FILE.pattern}|below, \*|\*\*not met\*\*")
    assert [numbers for numbers, said in rows() if not enough.search(said)] == []


def test_what_is_written_down_below_is_there():
    named = re.findall(r"below, \*(.+?)\*", TEXT)
    assert sorted(set(named)) == sorted(re.findall(r"^\*\*(.+?)\.\*\*", TEXT, re.MULTILINE))


def test_every_file_that_is_named_is_there():
    named = set(FILE.findall(TEXT))
    assert len(named) > 80
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_sum_at_the_top_is_the_sum_of_the_rows():
    unmet = sum(len(numbers) for numbers, said in rows() if "**not met**" in said)
    met = sum(len(numbers) for numbers, _said in rows()) - unmet
    left_out = 253 - met - unmet
    assert f"{met} are met, {unmet} are not or not in all, {left_out} do not apply" in TEXT
