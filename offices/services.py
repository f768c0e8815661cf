import geothai

from offices.models import Office


def load_offices() -> int:
    """Bring the 928 registration offices up to date from geothai's register; returns how many there
    are.
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
    Office.objects.bulk_create(
        offices,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en", "province_code", "province_th", "province_en"],
    )
    return len(offices)
