"""Common Thai names with their usual romanisation; every combination of them is made up."""

WOMEN = """
สมหญิง Somying|มาลี Malee|สุดา Suda|วันดี Wandee|นภา Napha|จันทร์เพ็ญ Chanphen|กัญญา Kanya
พรทิพย์ Phornthip|รัตนา Rattana|ศิริพร Siriphorn|อรุณี Arunee|ประภา Prapha|ดวงใจ Duangchai
ลัดดา Ladda|สุภาพร Suphaphorn|นงนุช Nongnuch|วาสนา Wassana|อัญชลี Anchalee|ชลธิชา Chonthicha
ณัฐธิดา Natthida|พัชรี Phatcharee|กมลวรรณ Kamonwan|ปาริชาติ Parichat|เบญจมาศ Benchamat
ขวัญใจ Khwanchai|ทัศนีย์ Thatsanee|ปิยะดา Piyada|สายฝน Saifon|จิราภรณ์ Chiraphorn|อารีย์ Aree
บุญมา Bunma|ยุพิน Yuphin|ละออง Laong|สมใจ Somchai|แก้วตา Kaewta|เพ็ญศรี Phensri|นิภา Nipha
"""
MEN = """
สมชาย Somchai|วิชัย Wichai|ประเสริฐ Prasert|สุรชัย Surachai|อนุชา Anucha|มานะ Mana|ปรีชา Preecha
ธนพล Thanaphon|ณัฐพงษ์ Natthaphong|กิตติ Kitti|ชัยวัฒน์ Chaiwat|สมศักดิ์ Somsak|บุญส่ง Bunsong
ศักดิ์ชัย Sakchai|วีระ Weera|อภิชาติ Aphichat|พงศกร Phongsakon|ทวีศักดิ์ Thaweesak
เกรียงไกร Kriangkrai|จักรพันธ์ Chakkraphan|นพดล Nopphadon|ภูมิ Phum|ไพโรจน์ Phairot
รุ่งโรจน์ Rungrot|สุทธิพงษ์ Sutthiphong|เอกชัย Ekkachai|ธีรพงษ์ Theeraphong|คำแก้ว Khamkaew
เดชา Decha|บัญชา Bancha|ประยุทธ Prayuth|มนตรี Montri|ยงยุทธ Yongyuth|สถาพร Sathaphorn
อำนาจ Amnat|ชูชาติ Chuchat
"""
FAMILIES = """
ใจดี Chaidee|รักไทย Rakthai|ศรีสุข Srisuk|แสงทอง Saengthong|บุญมี Bunmee|วงศ์สวัสดิ์ Wongsawat
ทองคำ Thongkham|พันธุ์ดี Phandee|เจริญสุข Charoensuk|มั่นคง Mankhong|สุขสวัสดิ์ Suksawat
ชัยชนะ Chaichana|ศิริวัฒน์ Siriwat|ทรัพย์มาก Sapmak|นาคทอง Nakthong|คงเจริญ Khongcharoen
แก้วมณี Kaewmanee|พรหมมา Phromma|อินทร์แก้ว Inkaew|จันทร์ดี Chandee|สายบุญ Saibun
ปานทอง Panthong|รุ่งเรือง Rungrueang|ดวงดี Duangdee|เพชรรัตน์ Phetcharat|สมบูรณ์ Sombun
บัวแก้ว Buakaew|ยอดเยี่ยม Yotyiam|ชูศรี Chusri|ธนากร Thanakon|ภักดี Phakdee|ไชยวงศ์ Chaiwong
มีสุข Meesuk|อ่อนหวาน Onwan|กล้าหาญ Klahan|ประเสริฐสุข Prasertsuk|เกิดผล Koetphon
ขันทอง Khanthong|ตั้งตรง Tangtrong|นิลวงศ์ Ninwong|พูลสวัสดิ์ Phunsawat|ลือชา Luecha
หอมจันทร์ Homchan|อยู่เย็น Yuyen|เอี่ยมสะอาด Iamsaat|ฟ้าใส Fasai|ผลดี Phondee|ถาวร Thawon
ณ นคร Na Nakhon|คำปัน Khampan
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """(Thai, English) of each entry."""
    entries = text.replace("\n", "|").split("|")
    return [_halves(entry.strip()) for entry in entries if entry.strip()]


def _halves(entry: str) -> tuple[str, str]:
    """Thai letters stand before English ones; either part may hold a blank."""
    start = next(place for place, letter in enumerate(entry) if letter.isascii() and letter != " ")
    return entry[:start].strip(), entry[start:]
