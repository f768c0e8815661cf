"""Ages as the law counts them, and that whatever shows an age counts them so."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from sd_jwt.verifier import SDJWTVerifier

from identity.ages import age_on, counts_from
from identity.credential.passes import HEAD, issue_pass
from identity.credential.sd_jwt import issue_credential
from identity.models import Device
from identity.presentation import Purpose
from tests.identity.factories import DeviceFactory, DigitalIDFactory
from tests.identity.test_credential import PLACES, public_key
from tests.identity.tokens import make_token

TODAY = datetime.date(2026, 6, 15)
BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        ("2008-06-14", 18), ("2008-06-15", 18), ("2008-06-16", 17),
        ("2008-05", 18), ("2008-06", 18), ("2008-07", 17),
        ("2007", 19), ("2008", 18), ("2009", 17), ("2026", 0),
    ],
)  # fmt: skip
def test_an_open_month_or_day_counts_from_the_first(birth_date, age):
    """Civil and Commercial Code, section 16."""
    assert age_on(TODAY, birth_date=birth_date) == age


@pytest.mark.parametrize(
    ("day", "age"), [("2026-02-28", 17), ("2026-03-01", 18), ("2028-02-28", 19), ("2028-02-29", 20)]
)
def test_a_birthday_of_a_leap_day_comes_on_the_first_of_march(day, age):
    assert age_on(datetime.date.fromisoformat(day), birth_date="2008-02-29") == age


@pytest.mark.parametrize("wrong", ["", "2011-02-29", "1952-13", "81", "0000", "-"])
def test_no_age_counts_from_what_is_no_day(wrong):
    with pytest.raises(ValueError, match=r"isoformat|out of range|must be in"):
        counts_from(wrong)


def born(birth_date: str, key) -> Device:
    digital_id = DigitalIDFactory()
    digital_id.holder = replace(digital_id.holder, birth_date=birth_date)
    digital_id.save()
    return DeviceFactory(key=key, digital_id=digital_id)


def in_credential(device: Device, _key) -> list[bool]:
    shown = SDJWTVerifier(issue_credential(device, **PLACES), public_key).get_verified_payload()
    return [shown["age_equal_or_over"][years] for years in ("18", "20", "60")]


def in_pass(device: Device, _key) -> list[bool]:
    bits = issue_pass(device, purpose=Purpose.AGE)[HEAD.size]
    return [bool(bits >> bit & 1) for bit in range(3)]


def at_check(device: Device, key) -> list[bool]:
    token = make_token(device, key, purpose="age")
    answer = Client().post(reverse("identity_api:check"), {"token": token}, "application/json")
    return [answer.json()["shown"]["ages"][years] for years in ("18", "20", "60")]


@pytest.mark.parametrize("shown", [in_credential, in_pass, at_check])
@pytest.mark.parametrize(
    ("birth_date", "reached"),
    [
        ("2008", [True, False, False]), ("2009", [False, False, False]),
        ("2006-06", [True, True, False]), ("2006-07", [True, False, False]),
        ("1966", [True, True, True]), ("1966-06-16", [True, True, False]),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_an_age_is_shown_as_the_law_counts_it(shown, birth_date, reached, key):
    noon = datetime.datetime.combine(TODAY, datetime.time(12), BANGKOK)
    with time_machine.travel(noon, tick=False):
        assert shown(born(birth_date, key), key) == reached
