"""Which registration office decides a case."""

import re

import geothai

CENTRAL_OFFICE = "0000"
SUBDISTRICT = re.compile(r"(?:ต\.|ตำบล|แขวง)\s*([^\s]+)")
DISTRICT = re.compile(r"(?:อ\.|อำเภอ|เขต)\s*([^\s]+)")
PROVINCE = re.compile(r"(?:จ\.|จังหวัด)\s*([^\s]+)|(กรุงเทพ\S*)")


def responsible_office(register_code: str, address: str) -> str:
    """The register's office, else that of the district in the address, else the central office."""
    return register_code or _office_of_address(address) or CENTRAL_OFFICE


def _office_of_address(address: str) -> str:
    subdistrict, district, province = (
        next((group for group in found.groups() if group), "") if found else ""
        for found in (pattern.search(address) for pattern in (SUBDISTRICT, DISTRICT, PROVINCE))
    )
    codes = {
        place.district.code
        for place in geothai.match(subdistrict, district=district, province=province)
    }
    return codes.pop() if len(codes) == 1 else ""
