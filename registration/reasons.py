"""The reasons for decisions that a new portal begins with; administrators change them.

Each is (for what, code, Thai, English); each code stands for the machine's reason of the same name.
"""

from django.db import connection

from registration.models import DecisionReason

REASONS = (
    ("reject", "not_the_same",
     "ใบหน้าในภาพถ่ายไม่ใช่ใบหน้าบนบัตร",
     "The face in the selfie is not the face on the card."),
    ("reject", "not_genuine",
     "บัตรในภาพไม่ใช่บัตรตัวจริง",
     "The card in the photo is not an original card."),
    ("reject", "data_differs",
     "ข้อมูลไม่ตรงกับทะเบียนราษฎร",
     "The data differ from the population register."),
    ("reject", "under_other_number",
     "บุคคลเดียวกันลงทะเบียนไว้แล้วภายใต้เลขอื่น",
     "The same person is registered under another number."),
    ("reject", "other",
     "กรุณาไปที่สำนักทะเบียนพร้อมบัตรของท่าน",
     "Please visit a registration office with your card."),
    ("ask_retake", "face_unclear",
     "เราเห็นใบหน้าของท่านในภาพไม่ชัด",
     "We could not see your face clearly in the selfie."),
    ("ask_retake", "face_quality",
     "ภาพถ่ายใบหน้ามืดเกินไป สว่างเกินไป หรือไม่คมชัด",
     "The selfie was too dark, too bright or blurred."),
    ("ask_retake", "several_faces",
     "มีมากกว่าหนึ่งใบหน้าในภาพ",
     "There was more than one face in the selfie."),
    ("ask_retake", "not_live",
     "ต้องถ่ายใบหน้าของท่านด้วยตนเอง ไม่ใช่ถ่ายจากภาพ",
     "The selfie has to be taken of you in person, not of a picture."),
    ("ask_retake", "challenge",
     "ระบบไม่เห็นการหันศีรษะ กรุณาทำตามคำแนะนำบนหน้าจอ",
     "The head turns were not seen. Please follow the hints on the screen."),
    ("ask_retake", "card_unclear",
     "ภาพบัตรไม่ชัดพอ",
     "The photo of the card was not clear enough."),
    ("ask_retake", "portrait_unclear",
     "ภาพใบหน้าบนบัตรไม่ชัด",
     "The portrait in the photo of the card was not clear."),
)  # fmt: skip


def add_missing_reasons(**_: object) -> None:
    """After the tables were made: put those of these reasons that the portal does not have yet.

    A reason that nobody wants is set out of use, not deleted, so it does not come back.
    """
    if DecisionReason._meta.db_table not in connection.introspection.table_names():
        return
    DecisionReason.objects.bulk_create(
        (
            DecisionReason(
                code=code, move=move, stands_for=code, text_th=thai, text_en=english,
                position=10 * place,
            )
            for place, (move, code, thai, english) in enumerate(REASONS)
        ),
        ignore_conflicts=True,
    )  # fmt: skip
