"""What holds for every line that can be read off a card, and where reading it ends."""

import calendar
import re
from datetime import date

import geothai
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.th import pin

from verification.cards.address import BANGKOK, address_field
from verification.cards.dates import Said, settled
from verification.cards.fields import (
    DOUBTFUL,
    LIKE_DIGITS,
    NOTHING,
    SURE,
    YEARS,
    Field,
    english_date,
    english_name,
    laser_field,
    number_field,
    religion_field,
    thai_date,
    thai_name,
)
from verification.cards.ocr import Text

TRUST = st.floats(0, 1)
DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
THAI_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
LASERS = st.from_regex(r"[A-Z]{2}[0-9]-[0-9]{7}-[0-9]{2}", fullmatch=True)


def read(text: str, confidence: float = 0.9) -> Text:
    return Text(text, confidence)


def born(thai: str, english: str) -> Field:
    """The date of birth that two lines give, nothing else being known."""
    lines = (Said(thai_date(thai), 1.0), Said(english_date(english), 1.0))
    nothing = (Said("", 0.0),) * 2
    return settled({"birth": lines, "issue": nothing, "expiry": nothing}, "")["birth_date"]


@given(DAYS)
def test_every_day_is_read_back_from_both_lines(day):
    thai = f"{day.day} {THAI_MONTHS[day.month - 1]} {day.year + 543}"
    english = f"{day.day} {calendar.month_abbr[day.month]}. {day.year}"
    assert (thai_date(thai), english_date(english)) == (day.isoformat(),) * 2
    assert born(thai, english) == Field(day.isoformat(), SURE)


@pytest.mark.parametrize(
    ("thai", "english"),
    [
        ("31 ก.พ. 2524", "31 Feb. 1981"),
        ("29 ก.พ. 2443", "29 Feb. 1900"),  # of the hundreds only 1600, 2000, ... are leap years
        ("31 เม.ย. 2540", "31 Apr. 1997"),
        ("0 ม.ค. 2540", "0 Jan. 1997"),
        ("32 ม.ค. 2540", "32 Jan. 1997"),
        ("1 ม.ค. 2422", "1 Jan. 1879"),
        ("1 ม.ค. 2643", "1 Jan. 2100"),
        ("1 - 2540", "1 - 1997"),  # a day of no month
    ],
)
def test_a_day_that_no_calendar_has_is_no_date_though_both_lines_say_it(thai, english):
    assert (thai_date(thai), english_date(english)) == ("", "")
    assert born(thai, english) == NOTHING


def test_the_29th_of_february_is_a_day_in_leap_years():
    assert thai_date("29 ก.พ. 2543") == english_date("29 Feb. 2000") == "2000-02-29"


@given(st.text("0129กพม.คตลอดชี- FebLIE|", max_size=16))
def test_whatever_stands_there_is_a_date_in_one_of_four_forms_or_none(text):
    form = re.compile(r"|lifelong|\d{4}(-\d\d){0,2}")
    assert form.fullmatch(thai_date(text))
    assert form.fullmatch(english_date(text))


def test_one_line_alone_gives_a_doubtful_date():
    assert born("", "12 Feb. 1981") == Field("1981-02-12", DOUBTFUL)
    assert born("- ก.พ. 2524", "") == Field("1981-02", DOUBTFUL)


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True), st.integers(1, 9), TRUST)
def test_no_other_check_digit_is_believed(twelve, more, trust):
    check = int(pin.calc_check_digit(twelve))
    right, wrong = f"{twelve}{check}", f"{twelve}{(check + more) % 10}"
    assert number_field(read(right, trust)).confidence >= 0.9
    assert number_field(read(wrong, trust)) == Field(wrong, min(DOUBTFUL, trust))


@pytest.mark.parametrize(
    "noise", ["1 1020 03456 78 {}", "|1-1020-03456-78-{}.", "1102003456 78{} ก"]
)
def test_only_the_digits_of_a_number_count(noise):
    # 1*13+1*12+0*11+2*10+0*9+0*8+3*7+4*6+5*5+6*4+7*3+8*2 = 176 = 11*16; (11 - 0) % 10 = 1
    assert number_field(read(noise.format(1))) == Field("1102003456781", 0.9)
    assert number_field(read(noise.format(2), 1.0)) == Field("1102003456782", DOUBTFUL)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", ""), ("เลข", ""), ("110200345678", "110200345678"), ("11020034567811", "1102003456781")],
)
def test_too_few_and_too_many_digits_are_doubtful(text, kept):
    assert number_field(read(text, 1.0)) == Field(kept, DOUBTFUL)


@given(LASERS, TRUST)
def test_a_laser_code_in_its_form_is_as_sure_as_it_was_read(code, trust):
    assert laser_field(read(code, trust)) == Field(code, trust)
    assert laser_field(read(code.replace("-", " "), trust)) == Field(code, trust)


@given(LASERS, st.sampled_from(sorted(LIKE_DIGITS)), st.integers(3, 11))
def test_a_letter_among_the_digits_of_a_laser_code_is_put_right_and_doubted(code, letter, at):
    solid = code.replace("-", "")
    misread = solid[:at] + letter + solid[at + 1 :]
    meant = solid[:at] + LIKE_DIGITS[letter] + solid[at + 1 :]
    found = laser_field(read(misread, 1.0))
    assert found == Field(f"{meant[:3]}-{meant[3:10]}-{meant[10:]}", DOUBTFUL)


@pytest.mark.parametrize("text", ["", "J", "12", "JT12345678901234567890", "ไทย"])
def test_what_has_no_form_of_a_laser_code_stays_as_read_and_short(text):
    assert laser_field(read(text, 1.0)) == Field(text[:14], DOUBTFUL)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("นาย สมชาย ใจดี", 0.9),
        ("สมชาย ใจดี", DOUBTFUL),  # no title
        ("นาย", DOUBTFUL),  # no name
        ("", DOUBTFUL),
        ("สมชายนาย ใจดี", DOUBTFUL),  # too far from the beginning to be a title
    ],
)
def test_a_thai_name_is_trusted_with_a_title_and_a_first_name(text, confidence):
    fields = thai_name(read(text)).values()
    assert {field.confidence for field in fields} == {confidence}


@pytest.mark.parametrize(
    ("text", "last", "parts"),
    [
        ("Mr. Somchai", "Jaidee", ("Mr.", "Somchai", "Jaidee")),
        ("Mr Somchai", "Na Nakhon", ("Mr.", "Somchai", "Na Nakhon")),
        ("Miss lsara", "lnthanon", ("Miss", "Isara", "Inthanon")),
        ("Mrs. Mary Ann", "O'Hara-", ("Mrs.", "Mary Ann", "O'Hara")),
        ("Somchai", "", ("", "Somchai", "")),
        ("", "|", ("", "", "")),
    ],
)
def test_an_english_name_is_parted(text, last, parts):
    assert tuple(one.value for one in english_name(read(text), read(last)).values()) == parts


def test_an_english_name_without_a_title_is_doubtful():
    assert english_name(read("Somchai", 1.0), read(""))["first_name_en"].confidence == DOUBTFUL


@given(st.text(max_size=12), TRUST, st.booleans())
def test_a_religion_is_never_surer_than_read_unless_none_is_printed(text, trust, labelled):
    found = religion_field(read(text, trust), labelled=labelled)
    unprinted = found == Field("", SURE) and not labelled
    assert unprinted or found.confidence <= trust
    assert found.value in {text, "", "พุทธ", "อิสลาม", "คริสต์", "ฮินดู", "ซิกข์", "พราหมณ์"}


def test_a_religion_whose_label_was_seen_is_never_surely_empty():
    assert religion_field(read("", 0.0), labelled=True) == Field("", 0.0)
    assert religion_field(read("", 0.0), labelled=False) == Field("", SURE)


def places() -> list[tuple[str, str]]:
    """Both lines of an address in every subdistrict of the country, as a card writes them."""
    return [
        (f"9 แขวง{subdistrict.name_th}", f"เขต{district.name_th.removeprefix('เขต')} {BANGKOK}")
        if province.name_th == BANGKOK
        else (f"9 ต.{subdistrict.name_th}", f"อ.{district.name_th} จ.{province.name_th}")
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
        for subdistrict in geothai.subdistricts(district.code)
    ]


def test_no_official_address_is_changed_and_nearly_all_are_as_sure_as_read():
    every = places()
    found = [address_field(read(first), read(second)) for first, second in every]
    assert [field.value for field in found] == [" ".join(lines) for lines in every]
    # A few names hold the word of a level themselves: they are found, but less surely.
    assert (len(every) > 7000, sum(field.confidence < 0.9 for field in found) < 10) == (True, True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("9 ต.ศาลายา", "อ.พุทธมณฑล จ.กขคง"),  # no such province
        ("9 ต.ศาลายา", "อ.หาดใหญ่ จ.นครปฐม"),  # a district of another province
        ("9 ต.ศิริราช", "อ.พุทธมณฑล จ.นครปฐม"),  # a subdistrict of another district
    ],
)
def test_places_that_do_not_belong_together_are_left_as_read_and_doubtful(first, second):
    assert address_field(read(first, 1.0), read(second, 1.0)) == Field(
        f"{first} {second}", DOUBTFUL
    )


def test_known_places_need_no_letters_to_vouch_for_them_but_house_and_street_do():
    lines = "9 ต.ศาลายา", "อ.พุทธมณฑล จ.นครปฐม"
    assert address_field(read(lines[0], 0.7), read(lines[1], 0.9)).confidence == 0.7
    assert address_field(read(lines[0], 0.9), read(lines[1], 0.2)).confidence == 0.9
    letters = (0.95, *(0.3,) * 8)  # of 9, and of the place behind it
    assert address_field(Text(lines[0], 0.3, letters), read(lines[1])).confidence == 0.95
    assert address_field(read(" ".join(lines), 0.9), read("", 0.0)).confidence == 0.9
    assert address_field(read("", 0.3), read("", 0.0)) == Field("", 0.3)
