"""Thai is written without spaces: browsers break lines by a dictionary that takes many words for
two, such as รหัส/ผ่าน or ไอ/ดี. A word joiner where they would break keeps those whole.

The words are those of the catalogue in which a reader stumbles, found by holding ICU's segments
against PyThaiNLP's; tests/core/test_thai_words.py has Chromium lay them out.
"""

import re

JOINER = "\u2060"  # as wide as nothing; no line ends there
COMPOUNDS = """
ขั้น|ตอน ข้อ|กำหนด คม|ชัด ครบ|ถ้วน คลาด|เคลื่อน คัด|ลอก คำ|ตอบ คำ|แนะนำ คำนำ|หน้า
ช่วย|เหลือ ช่อง|ทาง ฐาน|ข้อมูล ดำเนิน|การ ด้าน|หน้า ด้าน|หลัง ตรวจ|สอบ ตัว|ตน ตัว|อักษร
ตั้ง|ค่า ถูก|ต้อง ถ่าย|ภาพ ทะเบียน|ราษฎร ที่|อยู่ น่า|เชื่อ|ถือ ปลด|ล็อก
ปิด|ผนึก ผิด|ปกติ ผิด|พลาด ผู้|ดูแล ภาพ|รวม มือ|ถือ ย้อน|กลับ รหัส|ผ่าน ราย|ละเอียด
รูป|ถ่าย รูป|แบบ ร้อย|ละ ลง|ทะเบียน ลง|นาม ลาย|นิ้ว|มือ ลายมือ|ชื่อ วัน|เกิด สัก|ครู่
สาย|ด่วน สำนัก|ทะเบียน สิ้น|สุด หน่วย|งาน หน้า|จอ หมด|อายุ หลัก|ฐาน เกี่ยว|กับ
เครือ|ข่าย เจ้า|หน้าที่ เชื่อม|ต่อ เซล|ฟี เปรียบ|เทียบ เพิก|ถอน เพิ่ม|เติม เรียก|คืน
เรื่อง|ราว เลข|ประจำ|ตัว เล็ก|น้อย เสีย|ชีวิต เสีย|หาย เห็น|ชอบ ได้|รับ ดิจิทัล|ไอ|ดี
""".split()
JOINED = {word.replace("|", ""): word.replace("|", JOINER) for word in COMPOUNDS}
WHOLE = re.compile("|".join(sorted(JOINED, key=len, reverse=True)))


def joined(text: str) -> str:
    """For a page: the words of COMPOUNDS in one piece each. Done twice is done once."""
    return WHOLE.sub(lambda found: JOINED[found[0]], text)


def plain(text: str) -> str:
    """For files and messages, which other programs read: without joiners."""
    return text.replace(JOINER, "")
