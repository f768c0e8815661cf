"""Rows of the identity app. Numbers are made up and pass the check digit; keys are real ones."""

import io
from datetime import timedelta
from functools import cache
from uuid import uuid4

import factory
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from joserfc.jwk import ECKey
from PIL import Image

from core.storage import save_sealed
from identity.models import Device, DigitalID, DigitalIDStatus
from identity.numbers import laser_key, number_key
from identity.passwords import hash_password
from identity.person import Person, RegisterStatus
from population.models import PopulationRecord
from verification.cards.fields import Field
from verification.reading import Reading

PASSWORD = "ฝนตกที่ทะเล-2566"
LASER_CODE = "ME0123456789"
hashed = cache(hash_password)  # Argon2id is slow by intent


def valid_number(first_twelve: str) -> str:
    """The number with its check digit."""
    weighted = sum(int(digit) * (13 - place) for place, digit in enumerate(first_twelve))
    return f"{first_twelve}{(11 - weighted % 11) % 10}"


@cache
def portrait() -> bytes:
    """A plain JPEG in the measures of a portrait."""
    file = io.BytesIO()
    Image.new("RGB", (240, 300), (168, 181, 214)).save(file, "JPEG")
    return file.getvalue()


def make_person(number: str, **changes: str) -> Person:
    known = {
        "number": number,
        "title_th": "นางสาว",
        "first_name_th": "มาลี",
        "last_name_th": "ใจดี",
        "title_en": "Miss",
        "first_name_en": "Malee",
        "last_name_en": "Jaidee",
        "birth_date": "1981-02-12",
        "address": "1 หมู่ 2 ต.บางกระสอ อ.เมือง จ.นนทบุรี",
        "expiry_date": "2031-02-11",
    }
    return Person(**known | changes)


def surely_read(person: Person) -> Reading:
    """The reading of a card on which every letter was sure."""
    fields = {name: Field(value, 0.99) for name, value in person}
    return Reading(fields, {"sharpness": 0.9, "screen": 0.0, "copy": 0.0})


def public_part(key: ECKey) -> dict:
    whole = key.as_dict(private=False)
    return {name: whole[name] for name in ("kty", "crv", "x", "y")}


class SealingFactory(factory.django.DjangoModelFactory):
    """Sealed attributes are descriptors, not fields: they are set after the row is built."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Model], *_args, **values: object) -> Model:
        sealed = {name: values.pop(name) for name in ("person", "holder") if name in values}
        row = model_class(**values)
        for name, value in sealed.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        return row


class PopulationRecordFactory(SealingFactory):
    class Meta:
        model = PopulationRecord

    class Params:
        number = factory.Sequence(lambda n: valid_number(f"1{n:011}"))
        deceased = factory.Trait(status=RegisterStatus.DECEASED)
        without_laser_code = factory.Trait(laser_key=None)

    number_key = factory.LazyAttribute(lambda row: number_key(row.number))
    person = factory.LazyAttribute(lambda row: make_person(row.number))
    laser_key = factory.LazyFunction(lambda: laser_key(LASER_CODE))
    office_code = "1206"
    birth_year = 1981


def kept_portrait(picture: bytes) -> str:
    with transaction.atomic():
        return save_sealed(f"portrait.{uuid4()}", picture)


class DigitalIDFactory(SealingFactory):
    class Meta:
        model = DigitalID

    class Params:
        number = factory.Sequence(lambda n: valid_number(f"3{n:011}"))
        suspended = factory.Trait(status=DigitalIDStatus.SUSPENDED)
        revoked = factory.Trait(status=DigitalIDStatus.REVOKED)
        run_out = factory.Trait(
            expires_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
        )

    number_key = factory.LazyAttribute(lambda row: number_key(row.number))
    holder = factory.LazyAttribute(lambda row: make_person(row.number))
    portrait = factory.LazyFunction(lambda: kept_portrait(portrait()))
    assurance = "IAL2.2"
    channel = "self"
    office_code = "1206"
    password = factory.LazyFunction(lambda: hashed(PASSWORD))
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=900))


class DeviceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Device

    class Params:
        key = factory.LazyFunction(lambda: ECKey.generate_key("P-256"))
        removed = factory.Trait(removed_at=factory.LazyFunction(timezone.now))

    digital_id = factory.SubFactory(DigitalIDFactory)
    number_key = factory.SelfAttribute("digital_id.number_key")
    public_key = factory.LazyAttribute(lambda device: public_part(device.key))
    name = "Android"
