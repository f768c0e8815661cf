"""Exercises for tests: made and answered by officers of other provinces, and served."""

import io
from datetime import timedelta

from PIL import Image

from identity.person import Person
from offices.models import Office, Officer
from offices.roles import Role
from registration.models import Exercise, ServedExercise
from registration.services.exercises.arriving import let_come
from registration.services.exercises.making import (
    PICTURES,
    Draft,
    answer_blind,
    make_exercise,
)
from tests.factories import OfficeFactory, OfficerFactory

HOUR = timedelta(hours=1)


def jpeg(shade: int = 128, *, size: tuple[int, int] = (360, 450)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (shade, shade, shade)).save(written, "JPEG")
    return written.getvalue()


def number(nth: int) -> str:
    """A national ID number that is right and nobody's."""
    first = f"3{nth:011}"
    check = (11 - sum(int(digit) * (13 - place) for place, digit in enumerate(first)) % 11) % 10
    return f"{first}{check}"


def person(nth: int, **other: str) -> Person:
    values = {
        "number": number(nth), "title_th": "นาย", "first_name_th": "สมชาย",
        "last_name_th": "ใจดี", "title_en": "Mr.", "first_name_en": "Somchai",
        "last_name_en": "Jaidee", "birth_date": "1990-01-02",
        "address": "9/1 หมู่ที่ 3 ต.เวียง อ.เมือง จ.น่าน", "expiry_date": "2030-01-01",
        "laser_code": "JT1234567890",
    }  # fmt: skip
    return Person(**(values | other))


def draft(nth: int = 0, **other: object) -> Draft:
    of = {
        "person": person(nth),
        "registered": person(nth, address="", expiry_date="", laser_code=""),
        "pictures": {kind: jpeg(90 + 20 * place) for place, kind in enumerate(PICTURES)},
        "frames": [jpeg(100 + step) for step in range(4)],
        "doubted": ("face_match",),
        "move": "reject",
        "reason": "not_the_same",
    }
    return Draft(**(of | other))


def officer_of_a_province(code: str) -> Officer:
    return OfficerFactory(role=Role.PROVINCIAL, office=OfficeFactory(code=code))


def two_makers() -> list[Officer]:
    return [officer_of_a_province("9001"), officer_of_a_province("9101")]


def known(nth: int = 0, *, by: list[Officer] | None = None, **other: object) -> Exercise:
    """In use: two people of other provinces said the same of it."""
    maker, second = by or two_makers()
    made = make_exercise(draft(nth, **other), officer=maker)
    return answer_blind(made, officer=second, move=made.move, reason=made.reason)


def served(office: Office, nth: int = 0, *, since: timedelta = HOUR, **other: object):
    """One that has waited in this office's queue."""
    exercise = known(nth, **other)
    put = let_come(exercise, office, after=-since)
    return ServedExercise.objects.get(pk=put.pk)
