"""Which office decides: the register's, else that of the district in the address, else the central
office. The codes are those of the Department of Provincial Administration.
"""

import pytest

from registration.office_routing import CENTRAL_OFFICE, responsible_office

MUANG_KHON_KAEN, MUANG_CHIANG_MAI, PATHUM_WAN = "4001", "5001", "1007"
PAK_KRET, BANG_KAPI = "1206", "1006"


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("99/1 ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น", MUANG_KHON_KAEN),
        ("1 หมู่ที่ 4 ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่", MUANG_CHIANG_MAI),
        ("8 หมู่ที่ 4 ต.กะรน อ.เมืองภูเก็ต จ.ภูเก็ต", "8301"),
        ("ต.เบตง อ.เบตง จ.ยะลา", "9502"),
        ("ต.บ่อผุด อ.เกาะสมุย จ.สุราษฎร์ธานี", "8404"),
        ("9 แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร", "1001"),
    ],
)
def test_the_district_in_an_address_of_any_province_decides(address, office):
    assert responsible_office("", address) == office


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("1 ตำบลสุเทพ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่", MUANG_CHIANG_MAI),
        ("1 ต. สุเทพ อ. เมืองเชียงใหม่ จ. เชียงใหม่", MUANG_CHIANG_MAI),
        ("1 ต.สุเทพ, อ.เมืองเชียงใหม่, จ.เชียงใหม่", MUANG_CHIANG_MAI),
        ("ต.สุเทพ อ.เมือง จ.เชียงใหม่", MUANG_CHIANG_MAI),
        ("จ.ขอนแก่น อ.เมือง ต.ในเมือง", MUANG_KHON_KAEN),
        ("ต.ในเมือง\nอ.เมืองขอนแก่น\nจ.ขอนแก่น", MUANG_KHON_KAEN),
        ("ต.บ้านใหม่ อ.ปากเกร็ด", PAK_KRET),
        ("1 แขวงลุมพินี เขตปทุมวัน จังหวัดกรุงเทพมหานคร", PATHUM_WAN),
        ("1 แขวงลุมพินี เขตปทุมวัน กรุงเทพฯ", PATHUM_WAN),
        ("1 แขวงลุมพินี เขตปทุมวัน กทม.", PATHUM_WAN),
    ],
)
def test_an_address_is_understood_in_each_way_it_is_written(address, office):
    assert responsible_office("", address) == office


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("99/1 ถ.เขตแดน ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น", MUANG_KHON_KAEN),
        ("12/3 ซ.ต.รุ่งเรือง แขวงลุมพินี เขตปทุมวัน กรุงเทพมหานคร", PATHUM_WAN),
        ("1 ถนนกรุงเทพกรีฑา แขวงหัวหมาก เขตบางกะปิ กรุงเทพมหานคร", BANG_KAPI),
    ],
)
def test_a_street_that_sounds_like_a_district_is_none(address, office):
    assert responsible_office("", address) == office


@pytest.mark.parametrize(
    "address",
    [
        "",
        "221B Baker Street, London",
        "ต.บ้านใหม่",  # many provinces have one
        "ต.ในเมือง จ.ไม่มีจริง",
        "ต.สุเทพ อ.เมืองเชียงใหม่ จ.ภูเก็ต",  # district and province contradict each other
        "จ.นนทบุรี",
    ],
)
def test_an_address_that_names_no_single_district_goes_to_the_central_office(address):
    assert responsible_office("", address) == CENTRAL_OFFICE


def test_the_register_counts_more_than_the_address():
    address = "1 ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่"
    assert responsible_office(PAK_KRET, address) == PAK_KRET
