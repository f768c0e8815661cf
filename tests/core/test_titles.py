"""Titles as cards, registers and people write them: one way each, and no two become one but for
ranks of several services that are shortened alike. The pairs are those of the register's codes.
"""

from itertools import combinations

import pytest

from core.titles import in_full, is_english_rank, sex_of

WAYS = [
    ["นาย", " นาย ", "นาย."],
    ["นาง"],
    ["นางสาว", "น.ส.", "น.ส", "นส.", "น. ส.", "นาง สาว"],
    ["เด็กชาย", "ด.ช.", "ดช."],
    ["เด็กหญิง", "ด.ญ.", "ด. ญ."],
    ["พลทหาร", "พลฯ", "พลตำรวจ", "พลฯทหารเรือ"],
    ["สิบตรี", "ส.ต."],
    ["สิบโท", "ส.ท."],
    ["สิบเอก", "ส.อ."],
    ["จ่าสิบตรี", "จ.ส.ต.", "จ่าสิบตำรวจ"],
    ["จ่าสิบโท", "จ.ส.ท."],
    ["จ่าสิบเอก", "จ.ส.อ."],
    ["ร้อยตรี", "ร.ต.", "ร. ต.", "เรือตรี", "ร.ต. ร.น.", "เรืออากาศตรี"],
    ["ร้อยตรีหญิง", "ร.ต.หญิง", "ร.ต. หญิง", "เรือตรีหญิง", "ร.ต.หญิง ร.น.", "เรืออากาศตรี หญิง"],
    ["ร้อยโท", "ร.ท.", "เรือโท", "เรืออากาศโท"],
    ["ร้อยเอก", "ร.อ.", "เรือเอก", "ร.อ...ร.น.", "เรืออากาศเอก"],
    ["พันตรี", "พ.ต."],
    ["พันโท", "พ.ท."],
    ["พันเอก", "พ.อ."],
    ["พันเอกหญิง", "พ.อ.หญิง"],
    ["พลตรี", "พล.ต."],
    ["พลโท", "พล.ท."],
    ["พลเอก", "พล.อ."],
    ["พลตรีหม่อมราชวงศ์", "พล.ต.ม.ร.ว."],
    ["นาวาตรี", "น.ต.", "น.ต. ร.น.", "นาวาอากาศตรี"],
    ["นาวาโท", "น.ท.", "น.ท.ร.น.", "นาวาอากาศโท"],
    ["นาวาเอก", "น.อ.", "น. อ.", "น.อ. ร.น.", "น.อ...ร.น.", "นาวาอากาศเอก"],
    ["นาวาเอกพิเศษ", "น.อ.พิเศษ", "น.อ. (พิเศษ)", "นาวาอากาศเอกพิเศษ"],
    ["ว่าที่นาวาเอก", "ว่าที่ น.อ.", "ว่าที่นาวาอากาศเอก"],
    ["พลเรือตรี", "พล.ร.ต."],
    ["พลเรือโท", "พล.ร.ท.", "พล.ร.ท. ร.น."],
    ["พลเรือเอก", "พล.ร.อ."],
    ["ว่าที่พลเรือเอก", "ว่าที่ พล.ร.อ."],
    ["พลอากาศตรี", "พล.อ.ต."],
    ["พลอากาศโท", "พล.อ.ท."],
    ["พลอากาศเอก", "พล.อ.อ."],
    ["จ่าตรี", "จ.ต.", "จ่าอากาศตรี"],
    ["จ่าโท", "จ.ท.", "จ่าอากาศโท"],
    ["จ่าเอก", "จ.อ.", "จ่าอากาศเอก"],
    ["ว่าที่ร้อยตรี", "ว่าที่ ร.ต.", "ว่าที่ร.ต.", "ว่าที่ ร้อยตรี", "ว่าที่เรือตรี"],
    ["ว่าที่ร้อยตรีหญิง", "ว่าที่ ร.ต.หญิง"],
    ["ว่าที่ร้อยโท", "ว่าที่ ร.ท."],
    ["ว่าที่ร้อยเอก", "ว่าที่ ร.อ."],
    ["ว่าที่พันตรี", "ว่าที่ พ.ต."],
    ["ว่าที่พันโท", "ว่าที่ พ.ท."],
    ["ว่าที่สิบเอก", "ว่าที่ ส.อ."],
    ["ว่าที่ร้อยตำรวจตรีหญิง", "ว่าที่ ร.ต.ต.หญิง"],
    ["ดาบตำรวจ", "ด.ต.", "นายดาบตำรวจ"],
    ["สิบตำรวจตรี", "ส.ต.ต."],
    ["สิบตำรวจโท", "ส.ต.ท."],
    ["สิบตำรวจเอก", "ส.ต.อ."],
    ["ร้อยตำรวจตรี", "ร.ต.ต."],
    ["ร้อยตำรวจโท", "ร.ต.ท."],
    ["ร้อยตำรวจเอก", "ร.ต.อ."],
    ["ร้อยตำรวจเอกหญิง", "ร.ต.อ.หญิง"],
    ["พันตำรวจตรี", "พ.ต.ต."],
    ["พันตำรวจโท", "พ.ต.ท."],
    ["พันตำรวจเอก", "พ.ต.อ."],
    ["พลตำรวจตรี", "พล.ต.ต."],
    ["พลตำรวจโท", "พล.ต.ท."],
    ["พลตำรวจเอก", "พล.ต.อ."],
    ["พันจ่าเอก", "พ.จ.อ."],
    ["พันจ่าอากาศโท", "พ.อ.ท."],
    ["พันจ่าอากาศเอก", "พ.อ.อ."],
    ["หม่อมเจ้า", "ม.จ."],
    ["หม่อมหลวง", "ม.ล."],
    ["พระ"],
    ["Pol.Capt.", "Police Captain", "POL. CAPT.", "Pol Capt"],
    ["Pol.Lt.", "Police Lieutenant"],
    ["Pol.Sub Lt.", "Pol.Sub.Lt.", "Police Sub-Lieutenant"],
    ["Pol.Lt.Col.", "Police Lieutenant Colonel"],
    ["Pol.Sgt.Maj.", "Police Sergeant Major"],
    ["Pol.Sen.Sgt.Maj.", "Pol.Snr.Sgt.Maj.", "POLICE SENIOR SERGEANT MAJOR"],
    ["Sub Lt.", "Sub-Lt.", "SubLt.", "Sub Lieutenant"],
    ["Acting Sub Lt.", "Acting Sub Lieutenant"],
    ["Lt.", "Lieutenant"],
    ["Lt.Cdr.", "Lieutenant Commander"],
    ["Lt.Col.", "Lt. Col.", "Lieutenant Colonel"],
    ["Maj.Gen.", "Major General"],
    ["Gp.Capt.", "Group Captain"],
    ["Flt.Lt.", "Flight Lieutenant"],
    ["ACM", "Air Chief Marshal"],
    ["Sgt.", "Sergeant"],
    ["Captain", "Capt."],
    ["M.L.", "Mom Luang"],
    ["M.R.", "M. R.", "Mom Rajawongse"],
    ["Ltd."],
    ["Miss", "MISS", "miss", "Ms.", "Ms"],
    ["Mrs.", "Mrs", "MRS."],
    ["Mr.", "Mr", "MR"],
    ["Master", "Mstr.", "MASTER"],
    ["หญิง"],
    ["King of Siam", "king of siam"],
    ["ม.ร.ว.", "มรว", "หม่อมราชวงศ์"],
    [""],
]


@pytest.mark.parametrize("ways", WAYS, ids=lambda ways: ways[0])
def test_every_way_to_write_a_title_is_the_same_title(ways):
    assert len(set(map(in_full, ways))) == 1


def test_no_two_titles_are_the_same():
    same = [(a[0], b[0]) for a, b in combinations(WAYS, 2) if in_full(a[0]) == in_full(b[0])]
    assert same == []


SEXES = {
    "man": ["นาย", "ด.ช.", "น.อ.", "ว่าที่ พ.ท.", "พล.ร.อ.", "พล.ต.ม.ร.ว.", "Mr.", "MASTER"],
    "woman": ["นาง", "น.ส.", "ด.ญ.", "น.อ.หญิง", "น.อ.หญิง ร.น.", "คุณหญิง", "Mrs.", "Ms."],
    "": ["", "พระ", "ม.ล.", "หม่อมราชวงศ์", "M.R.", "Pol.Lt.Col.", "King of Siam"],
}


@pytest.mark.parametrize(("sex", "titles"), SEXES.items())
def test_a_title_says_the_sex_or_does_not(sex, titles):
    assert [title for title in titles if sex_of(title) != sex] == []


RANKS = "Lt. Lt.Col. Maj. Captain ACM Private POL.GEN. Acting|Sub|Lt. Pol.Sen.Sgt.Maj.".split()
NO_RANKS = "Mr. Ms. Miss M.L. Acting Police Sen Sub Lt.Mana Mana".split()


def test_an_english_rank_is_known_as_one_and_nothing_else_is():
    assert [one for one in RANKS if not is_english_rank(one.replace("|", " "))] == []
    assert [one for one in (*NO_RANKS, "") if is_english_rank(one)] == []
