"""Rows for tests. Enrollments that went a part of the way are made in tests/walks.py, by going."""

import datetime
import json
import secrets
import uuid

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from uuid_utils.compat import uuid7

from core.encryption import seal
from offices.models import Office, Officer
from offices.roles import Role
from pilot.contract import PERSON
from pilot.models import Difference, MemberState, PilotImport, PilotMember
from registration.models import Enrollment

PASSWORD = "a-password-for-tests"
PROCESS = secrets.token_hex(4)


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ["code"]

    code = "1206"
    name_th = factory.LazyAttribute(lambda office: f"สำนักทะเบียน {office.code}")
    name_en = factory.LazyAttribute(lambda office: f"Office {office.code}")
    province_code = factory.LazyAttribute(lambda office: office.code[:2])
    province_th = factory.LazyAttribute(lambda office: f"จังหวัด {office.code[:2]}")
    province_en = factory.LazyAttribute(lambda office: f"Province {office.code[:2]}")


class OfficerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Officer

    # Several processes make officers for one portal, each counting from its own beginning.
    email = factory.Sequence(lambda number: f"officer{number}.{PROCESS}@example.org")
    name = factory.Sequence("Officer {}".format)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    role = Role.OFFICER
    office = factory.SubFactory(OfficeFactory)

    class Params:
        elsewhere = factory.Trait(office=factory.SubFactory(OfficeFactory, code="5001"))
        supervisor = factory.Trait(role=Role.SUPERVISOR)
        provincial = factory.Trait(role=Role.PROVINCIAL)
        administrator = factory.Trait(role=Role.ADMINISTRATOR, office=None)
        auditor = factory.Trait(role=Role.AUDITOR, office=None)
        call_centre = factory.Trait(role=Role.CALL_CENTRE, office=None)


class PilotImportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PilotImport

    file_name = "pilot.csv"


def sealed_person(pk: uuid.UUID) -> bytes:
    text = json.dumps(dict.fromkeys(PERSON, ""))
    return seal(text.encode(), context=f"rollout.pilotmember.person_sealed:{pk}")


class PilotMemberFactory(factory.django.DjangoModelFactory):
    """Somebody whose name in the pilot differs from the register."""

    class Meta:
        model = PilotMember

    number_key = factory.LazyFunction(uuid.uuid4)
    pilot_import = factory.SubFactory(PilotImportFactory)
    office = factory.SubFactory(OfficeFactory)
    state = MemberState.DIFFERS
    difference = Difference.NAME
    activated_on = datetime.date(2021, 5, 4)
    consent_version = "2020-10-01"
    id = factory.LazyFunction(uuid7)
    person_sealed = factory.LazyAttribute(lambda member: sealed_person(member.id))


class EnrollmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrollment

    state_since = factory.LazyFunction(timezone.now)
    waiting_since = factory.SelfAttribute("state_since")
    office = factory.SubFactory(OfficeFactory)
