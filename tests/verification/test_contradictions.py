"""What a card says that cannot be, and what is only doubtful."""

import pytest

from verification.cards.contradictions import CLEAR, contradictions
from verification.cards.ocr import Text

HONEST = {
    "number": "1 9701 00001 23 8",
    "name_th": "น.ส. กมลชนก ใจดี",
    "name_en": "Miss Kamonchanok",
    "last_name_en": "Jaidee",
    "birth_th": "17 ส.ค. 2524",
    "birth_en": "17 Aug. 1981",
    "issue_th": "4 เม.ย. 2562",
    "issue_en": "4 Apr. 2019",
    "expiry_th": "16 ส.ค. 2570",
    "expiry_en": "16 Aug. 2027",
    "request": "0018-04-04040957",
}


def lines(*doubtful: str, **changed: str) -> dict[str, Text]:
    return {
        name: Text(text, CLEAR - 0.01 if name in doubtful else 1.0)
        for name, text in (HONEST | changed).items()
    }


def test_an_honest_card_contradicts_itself_in_nothing():
    assert contradictions(lines()) == ()


ALTERED = [
    ({"number": "1 9701 00001 23 4"}, ("check_digit",)),
    ({"name_en": "Mr. Kamonchanok"}, ("titles",)),
    ({"birth_en": "17 Aug. 1991"}, ("dates",)),
    ({"birth_th": "18 ส.ค. 2524", "birth_en": "18 Aug. 1981"}, ("expiry",)),
    ({"expiry_th": "16 ส.ค. 2580", "expiry_en": "16 Aug. 2037"}, ("expiry",)),
    ({"request": "0018-04-05040957"}, ("request",)),
    ({"issue_th": "5 เม.ย. 2562", "issue_en": "5 Apr. 2019"}, ("request",)),
    ({"number": "1 9701 00001 23 4", "birth_en": "17 Aug. 1991"}, ("check_digit", "dates")),
]


@pytest.mark.parametrize(("changed", "found"), ALTERED)
def test_what_was_altered_alone_is_found(changed, found):
    assert contradictions(lines(**changed)) == found


@pytest.mark.parametrize(("changed", "_found"), ALTERED)
def test_what_is_not_clearly_read_is_no_contradiction(changed, _found):
    assert contradictions(lines(*changed, **changed)) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_th": "- - 2524", "birth_en": "- - 1981"},
        {"expiry_th": "ตลอดชีพ", "expiry_en": "LIFELONG"},
        {"request": "ruined"},
        {"name_th": "พ.ต.ท. กมลชนก ใจดี", "name_en": "Pol.Lt.Col. Kamonchanok"},
        {"name_th": "นาย กมล ใจดี", "name_en": "Lt. Kamon"},
        {"number": "1 9701 00001 23"},
    ],
)
def test_what_no_rule_speaks_of_is_no_contradiction(changed):
    assert contradictions(lines(**changed)) == ()
