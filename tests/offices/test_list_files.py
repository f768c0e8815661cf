"""What is read of a file of people, and what is said about it line by line."""

import pytest
from django.test import Client

from offices.models import PeopleList
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client
from tests.offices.lists import HEAD, LISTS, faults, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(administrator) -> Client:
    for code in ("1206", "5001", "3801"):
        OfficeFactory(code=code)
    return administrators_client(administrator)


BROKEN = {
    "no address,Name,1206": "This is no e-mail address.",
    ",Name,1206": "This is no e-mail address.",
    "somchai@exаmple.org,Name,1206": "The address has letters that are not plain Latin ones.",
    "somchai@examp1e.org,Name,1206": "The address is not of example.org, sample.dopa.",
    "somchai@sub.example.org,Name,1206": "The address is not of example.org, sample.dopa.",
    "somchai@example.org.evil.test,Name,1206": "The address is not of example.org, sample.dopa.",
    "x@example.org,,1206": "The name is missing.",
    f"x@example.org,{'x' * 121},1206": "The name is too long, or has signs that are no letters.",
    "x@example.org,Name\u202eemaN,1206": "The name is too long, or has signs that are no letters.",
    "x@example.org,=HYPERLINK(1),1206": "A cell begins like a formula.",
    "+x@example.org,Name,1206": "A cell begins like a formula.",
    "x+2@example.org,Name,1206": "The address must have no part after a plus sign.",
    "x@example.org,Name,9999": "There is no office of this code.",
    "x@example.org,Name,๑๒๐๖": "There is no office of this code.",
    "x@example.org,Name,4303": "This office has another code today: 3801.",
    "x@example.org,Name,": "There is no office of this code.",
}


@pytest.mark.parametrize("line", BROKEN)
def test_what_is_wrong_with_a_line_is_told_with_its_number(site, line):
    answer = hand_in(site, f"{HEAD}fine@example.org,Fine,1206\n{line}\n")
    assert [answer.status_code, faults(answer)] == [422, [(3, BROKEN[line])]]
    assert not PeopleList.objects.exists()


def test_an_address_that_stands_twice_or_has_an_account_is_told(site):
    OfficerFactory(email="known@example.org")
    text = "a@example.org,A,1206\nA@Example.org ,B,1206\n\nknown@example.org,C,1206\n"
    assert faults(hand_in(site, HEAD + text)) == [
        (3, "The same address stands on line 2."),
        (5, "This address has an account already."),
    ]


HIDDEN = "\u200b" * 2_001
MARKS = "\u0300\u0323".encode()
FILES = {
    "workbook": b"PK\x03\x04" + b"x" * 50,
    "nul": HEAD.encode() + b"x@example.org,A\x00B,1206\n",
    "empty": b"",
    "only a head": HEAD.encode(),
    "no head": b"x@example.org,Name,1206\n",
    "a column twice": b"email,name,office,email\nx@example.org,A,1206,y@example.org\n",
    "a cell more": HEAD.encode() + b"x@example.org,Name,1206,administrator\n",
    "a quote left open": HEAD.encode() + b'x@example.org,"Name,1206\n' * 3,
    "too large": HEAD.encode() + b"x" * 600_000,
    "10,000 lines": HEAD.encode() + b"x@example.org,A,1206\n" * 10_000,
    "marks to be put in order": HEAD.encode() + MARKS * 120_000 + b",A,1206\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(site, kind):
    answer = hand_in(site, FILES[kind])
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not PeopleList.objects.exists()


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp874", ",")],
)
def test_what_spreadsheets_save_in_thailand_is_read(site, encoding, separator):
    text = "สำนักทะเบียน,ชื่อ,อีเมล\r\n1206,สมชาย ใจดี,somchai@example.org\r\n"
    hand_in(site, text.replace(",", separator).encode(encoding))
    assert PeopleList.objects.get().rows == [["somchai@example.org", "สมชาย ใจดี", "1206"]]


def test_the_template_is_taken_once_it_is_filled_in(site):
    empty = site.get(f"{LISTS}template.csv").content
    assert hand_in(site, empty + b"x@example.org,Name,1206\r\n").status_code == 302


def test_what_nobody_sees_between_thai_words_is_no_part_of_a_name(site):
    hand_in(site, f"\u200b{HEAD}somchai@example.org\u200b,สมชาย\u200b ใจ\u2060ดี,1206\n")
    assert PeopleList.objects.get().rows == [["somchai@example.org", "สมชาย ใจดี", "1206"]]


def test_what_nobody_sees_hides_no_end_of_a_name(site):
    hand_in(site, f"{HEAD}somchai@example.org,สม{HIDDEN}ชาย,1206\n")
    assert PeopleList.objects.get().rows == [["somchai@example.org", "สมชาย", "1206"]]


def test_the_same_lines_of_a_supervisor_and_of_an_administrator_are_two_lists(site):
    text = f"{HEAD}a@example.org,A,1206\n"
    supervisors = administrators_client(OfficerFactory(supervisor=True))
    pages = [hand_in(client, text).url for client in (site, supervisors)]
    assert supervisors.get(pages[1]).status_code == 200
    assert [supervisors.get(pages[0]).status_code, PeopleList.objects.count()] == [404, 2]
