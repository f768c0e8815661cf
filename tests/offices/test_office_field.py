"""An office is found by what people call it, and never guessed at."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from offices.forms import InvitationForm
from offices.models import Office
from offices.office_field import OfficeField

pytestmark = pytest.mark.django_db
OFFICES = [
    ("1206", "ปากเกร็ด", "Pak Kret", "นนทบุรี", "Nonthaburi"),
    ("3801", "เมืองบึงกาฬ", "Mueang Bueng Kan", "บึงกาฬ", "Bueng Kan"),
    ("3023", "เฉลิมพระเกียรติ", "Chaloem Phra Kiat", "นครราชสีมา", "Nakhon Ratchasima"),
    ("5515", "เฉลิมพระเกียรติ", "Chaloem Phra Kiat", "น่าน", "Nan"),
    ("1001", "พระนคร", "Phra Nakhon", "กรุงเทพมหานคร", "Bangkok"),
    ("1401", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", "พระนครศรีอยุธยา", "Ayutthaya"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def offices() -> None:
    for code, name_th, name_en, province_th, province_en in OFFICES:
        Office.objects.create(
            code=code, name_th=name_th, name_en=name_en, province_code=code[:2],
            province_th=province_th, province_en=province_en,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("1206", "1206"),
        (" 1206 ปากเกร็ด, นนทบุรี ", "1206"),
        ("4303", "3801"),  # as it was called before 2011
        ("ปากเกร็ด", "1206"),
        ("pak  kret", "1206"),
        ("Mueang Bueng", "3801"),
        ("พระนคร", "1001"),  # not the one whose name goes on
    ],
)
def test_it_is_found(said, code):
    assert OfficeField().clean(said).pk == code


def test_nothing_is_nobodys_office():
    assert OfficeField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        OfficeField().clean("")


@pytest.mark.parametrize("said", ["9999", "120", "ปารีส", "%", "_"])
def test_what_there_is_not_is_refused(said):
    with pytest.raises(ValidationError, match="no office"):
        OfficeField().clean(said)


def test_of_several_somebody_chooses():
    with pytest.raises(ValidationError, match=r"3023 .*Ratchasima, 5515 .*Nan"), override("en"):
        OfficeField().clean("Chaloem Phra Kiat")


def test_what_was_typed_stays_and_all_are_offered():
    with override("th"):
        refused = InvitationForm({"office": "เฉลิม"})["office"].as_widget()
        chosen = InvitationForm(initial={"office": "1206"})["office"].as_widget()
    assert 'value="เฉลิม"' in refused
    assert 'value="1206 ปากเกร็ด, นนทบุรี"' in chosen
    assert 'list="office-offered"' in chosen
    assert chosen.count("<option") == Office.objects.count()
