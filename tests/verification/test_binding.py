"""How a card ties to a record: every combination of read, confirmed, registered and sure."""

from itertools import combinations_with_replacement, permutations, product

import pytest

from verification.binding import Claim, Tie, data_finding, tie
from verification.findings import Check, Finding, Outcome

SURE = 0.7
CONFIDENCES = {"sure": (0.7, 0.71, 1.0), "unsure": (0.0, 0.5, 0.6999, float("nan"))}
READ = {"same": ("a", "a"), "other": ("b", "a"), "nothing": ("", "a"), "none": ("", "")}

# Read: the `same` as confirmed, an `other`, `nothing` where something was, or `none` where
# nothing was (a person without a last name). The columns: the register says what was confirmed,
# what was read, a third thing, nothing at all; then the same of a field that binds. S sure,
# V vouched, U unread, C contradicted. "unsure nothing" is the attack: the register agrees with
# what was typed beside a field that nobody could read.
TABLE = """
sure    same     SSSS SSSS
sure    other    CCCC CCCC
sure    nothing  CCCC CCCC
sure    none     SSSS SSSS
unsure  same     VVUU UUUU
unsure  other    UUUU UUUU
unsure  nothing  UUUU UUUU
unsure  none     UUUU UUUU
"""
TIES = {"S": "sure", "V": "vouched", "U": "unread", "C": "contradicted"}
COLUMNS = list(product((False, True), ("as_confirmed", "as_read", "otherwise", "silent")))
CASES = [
    (how_sure, read, *COLUMNS[column], TIES[letter])
    for how_sure, read, *letters in map(str.split, TABLE.strip().splitlines())
    for column, letter in enumerate("".join(letters))
]


def test_the_table_is_whole():
    assert len({case[:-1] for case in CASES}) == len(CASES) == 2 * 4 * 2 * 4
    assert [one.value for one in Tie] == ["sure", "vouched", "unread", "contradicted"]


@pytest.mark.parametrize(("how_sure", "how_read", "binds", "register", "expected"), CASES)
def test_a_claim_is_tied_as_the_table_says(how_sure, how_read, binds, register, expected):
    read, confirmed = READ[how_read]
    registered = {"as_confirmed": confirmed, "as_read": read, "otherwise": "c", "silent": None}
    for confidence in CONFIDENCES[how_sure]:
        claim = Claim("x", read, confidence, confirmed, registered[register], binds=binds)
        assert tie(claim, sure=SURE) == expected


@pytest.mark.parametrize(
    ("confidence", "sure", "expected"),
    [(0.5, 0.5, "sure"), (0.5, 0.51, "unread"), (0.9, 0.95, "unread"), (0.95, 0.95, "sure")],
)
def test_the_confidence_that_is_believed_is_an_argument(confidence, sure, expected):
    assert tie(Claim("number", "1", confidence, "1", binds=True), sure=sure) == expected


def test_a_field_binds_and_is_registered_only_where_that_is_said():
    assert Claim("x", "a", 0.0, "a") == Claim("x", "a", 0.0, "a", registered=None, binds=False)


OF_KIND = {
    "sure": Claim("sure", "a", 0.9, "a"),
    "vouched": Claim("vouched", "a", 0.1, "a", "a"),
    "unread": Claim("unread", "", 0.1, "a", "a"),
    "contradicted": Claim("contradicted", "b", 0.9, "a", "a"),
}


def expected_of(kinds: tuple[str, ...]) -> str:
    if "contradicted" in kinds:
        return "failed"
    return "doubtful" if "unread" in kinds or not kinds else "passed"


@pytest.mark.parametrize(
    "kinds", [kinds for size in range(4) for kinds in combinations_with_replacement(OF_KIND, size)]
)
def test_the_worst_tie_decides_in_any_order(kinds):
    found = [
        data_finding((OF_KIND[kind] for kind in order), sure=SURE) for order in permutations(kinds)
    ]
    assert {(one.check, one.outcome) for one in found} == {(Check.DATA_AS_READ, expected_of(kinds))}
    assert {tuple(one.details) for one in found} == {("contradicted", "unread")}


def test_an_officer_is_told_the_fields_by_name_and_no_value():
    claims = [
        Claim("first_name_th", "ก", 0.9, "ข"),
        Claim("number", "1", 0.2, "1", "1", binds=True),
        Claim("laser_code", "", 0.0, "me0", "me0", binds=True),
        Claim("last_name_th", "ค", 0.2, "ค", "ค"),
        Claim("address", "ง", 0.9, "ง"),
    ]
    assert data_finding(claims, sure=SURE) == Finding(
        Check.DATA_AS_READ,
        Outcome.FAILED,
        details={"contradicted": ["first_name_th"], "unread": ["number", "laser_code"]},
    )
