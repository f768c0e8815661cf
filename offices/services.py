import geothai
from django.utils.translation import get_language

from core.alphabet import in_alphabet
from offices.models import Office


def provinces() -> list[tuple[str, str]]:
    """Codes and names of those with an office, in the reader's alphabet."""
    name = "province_th" if get_language() == "th" else "province_en"
    known = Office.objects.order_by().values_list("province_code", name).distinct()
    return sorted(known, key=lambda one: in_alphabet(one[1]))


def load_offices() -> int:
    """Put those of geothai's 928 registration offices that the portal does not have yet; returns
    how many there are. What one is called and where it lies, two people change (offices.row_lever):
    it is left as they wanted it.
    """
    offices = [
        Office(
            code=district.code,
            name_th=f"สำนักทะเบียน{district.name_th}"
            if district.name_th.startswith("เขต")
            else f"สำนักทะเบียนอำเภอ{district.name_th}",
            name_en=f"{district.name_en} Registration Office",
            province_code=province.code,
            province_th=province.name_th,
            province_en=province.name_en,
        )
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
    ]
    Office.objects.bulk_create(offices, ignore_conflicts=True)
    return len(offices)
