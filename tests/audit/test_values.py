"""Values of details for people: no code and no Christian day where the log is read in Thai.

Each key says what comes under it: one of a closed set, or something that has no word. What the
sources write as it stands there is found by itself; what is computed is listed here by hand, and
what no list can know, a row's own text, stays as somebody wrote it.
"""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from appointments.models import AppointmentState
from audit.actions import Action
from audit.detail_words import KEYS, plain_key
from audit.forms import ONLY
from audit.models import Entry
from audit.models.searches import About
from audit.narrowing import DETAILS, asked_for
from audit.services import OPERATOR, Actor, record
from audit.value_words import SYSTEMS, set_of, word_of_value
from audit.words import in_words
from dashboards.devices import BROWSERS
from dashboards.models import NoteKind, Rhythm
from dashboards.values.table import VALUES
from dashboards.views import PAGES
from identity.life import LifeReason
from identity.models import DigitalIDStatus
from identity.official import Occasion
from identity.person import FIELDS
from identity.presentation import Purpose
from offices.levers import LEVERS
from offices.roles import Role
from pilot.models import Difference, MemberState, PilotImportState
from population.models.imports import RunState
from registration.models import (
    Channel,
    EvidenceKind,
    FormerProof,
    GuardedAct,
    RejectReason,
    RetakeReason,
    Way,
)
from registration.models.decisions import DecidingMove
from registration.models.second_person import Answer
from registration.services.help_line import MadeSure
from registration.states import MOVES, State
from relying_parties.claims import Claim
from relying_parties.models import AuthMethod
from rollout.models import Matter, Mode, Phase
from tests.audit.written import calls, details, literals, own_trees
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from verification.findings import Check

REASONS = {*RejectReason.values, *RetakeReason.values}
CLOSED = {
    "about": {*About.values, *VALUES},
    "account": {"on", "held", "off"},
    "act": {*GuardedAct.values, "password", "consent"},
    "action": set(Action.values),
    "also": {"name", "email", "contact"},
    "answer": set(Answer.values),
    "auth_method": set(AuthMethod.values),
    "browser": set(BROWSERS),
    "by": {"number", "reference"},
    "channel": {*Channel.values, "email", "sms"},
    "channels": set(Channel.values),
    "claims": set(Claim.values),
    "code": {*REASONS, "would_approve"},
    "decision": set(MemberState.values),
    "detail": {
        asked_for(key, code) for key, told in DETAILS.items() for code in set_of(told.codes)
    },
    "difference": set(Difference.values),
    "fields": {*FIELDS, "contact", "office", "name", "role"}
    | {name for lever in LEVERS.values() for name in lever.labels()},
    "from_card": set(FIELDS),
    "from_officer": set(FIELDS),
    "from_register": set(FIELDS),
    "how": {*FormerProof.values, *MadeSure.values, "counter", "device", "passkey", "pin"}
    | {"link", "operator", "handoff", "reference"},
    "kind": {*EvidenceKind.values, *NoteKind.values, "former", "bent", "page", "file", "app"}
    | {"csv", "xlsx", "json"},
    "lever": set(LEVERS),
    "link": {"password", "password and second factor"},
    "list": {"cases", "officers"},
    "mark": set(AppointmentState.values),
    "matter": set(Matter.values),
    "mode": set(Mode.values),
    "move": set(DecidingMove.values),
    "name": {"Pilot", "National"},
    "occasion": set(Occasion.values),
    "only": set(ONLY),
    "outcome": {"passed", "failed", "overtaken", "shown", "declined", "approve", "reject"},
    "page": set(PAGES),
    "previous": {*State.values, "email", "sms"},
    "problem": {"front:expired", "front:number_unsure", "back:code_unsure"}
    | {"front:not_as_read", "back:not_as_read"},
    "purpose": set(Purpose.values),
    "reason_code": {*REASONS, *LifeReason.values},
    "required_claims": set(Claim.values),
    "role": set(Role.values),
    "side": {"front", "back"},
    "stands_for": REASONS,
    "state": {*RunState.values, *PilotImportState.values, "own", "shared", "deleted"},
    "step": {*PilotImportState.values, *MOVES, "added", "changed", "started"},
    "summary": {*Rhythm.values, "th", "en", "none"},
    "verdict": set(DigitalIDStatus.values),
    "way": set(Way.values),
    "why": {*Check.values, *REASONS, "device", "job_parked", "password", "removed", "revoked"}
    | {"stopped_by_holder", "tries"},
}
NUMBERS = """
    a_day already_there attempt capacity changed counted differing draws ending entries faces
    head_leaves hints hours inserted leaves left listed lost matched moved people per_minute percent
    pictures position rejected removed resumed revoked rows sessions suspended tries unchanged
    updated value waiting
"""
YES_OR_NO = """
    active closed enabled found is_active new_secret opens_app opens_office opens_self paused proof
    renewal same
"""
DAYS = "day ends_on month since starts_on until week"
THINGS = """
    actor asked_by change enrollment from_office joins office officer provinces relying_party second
    subject subject_office
"""
IDENTIFIERS = "batch device entry exercise from_cluster head_root id offer to_cluster version"
OWN_WORDS = """
    contact email jwks name_en name_th province_code province_en province_th redirect_uris
    service_en service_th text_en text_th
"""
OPEN = set((NUMBERS + YES_OR_NO + DAYS + THINGS + IDENTIFIERS + OWN_WORDS).split())
THAI = re.compile("[\u0e01-\u0e5b]")
ALSO_IN_THAI = {"PIN", "SMS", "Excel", *map(str, BROWSERS.values())}


def test_every_key_says_what_comes_under_it():
    assert set(CLOSED) & OPEN == set()
    assert set(CLOSED) | OPEN == set(KEYS)


def test_what_the_sources_write_as_it_stands_there_is_of_a_set():
    found = {(plain_key(key), text) for key, v in details(own_trees()) for text in literals(v)}
    assert len(found) > 8
    assert {(key, text) for key, text in found if text not in CLOSED.get(key, ())} == set()


@pytest.mark.parametrize("key", CLOSED)
def test_every_value_of_a_set_has_its_word_in_both_languages(key):
    wrong = {}
    for language in ("th", "en"):
        with translation.override(language):
            for code in CLOSED[key]:
                word = word_of_value(key, code)
                raw = word is None or (word == code and "_" in code)
                foreign = language == "th" and not (THAI.search(word or "") or word in ALSO_IN_THAI)
                if raw or foreign:
                    wrong[language, code] = word
    assert wrong == {}


def test_whoever_acts_where_nobody_does_has_a_name_in_both_languages():
    named = {
        text
        for tree in own_trees()
        for call in calls(tree)
        if getattr(call.func, "attr", "") == "system" and call.args
        for text in literals(call.args[0])
    }
    assert len(named) > 15
    assert named - set(SYSTEMS) == set()
    with translation.override("th"):
        assert [name for name, word in SYSTEMS.items() if not THAI.search(str(word))] == []


def written(*what, **details) -> Entry:
    with transaction.atomic():
        return record(*what, **details)


def told(entry: Entry, language: str = "th") -> dict[str, str]:
    with translation.override(language):
        return dict(in_words([entry])[0].details)


@pytest.mark.django_db
def test_days_are_in_the_readers_calendar():
    values = {"starts_on_before": "2023-01-20", "starts_on_after": "2026-12-01", "month": "2026-11"}
    entry = written(Action.AUDIT_SEALED, None, actor=OPERATOR, **values)
    assert list(told(entry).values()) == ["20 ม.ค. 2566", "1 ธ.ค. 2569", "พ.ย. 2569"]
    assert list(told(entry, "en").values()) == ["20 Jan 2023", "1 Dec 2026", "Nov 2026"]


@pytest.mark.django_db
def test_hours_of_a_week_are_in_words():
    week = ["1 08.30-16.30 20 x 2"]
    entry = written(Action.APPOINTMENT_HOURS_CHANGED, None, actor=OPERATOR, week=week)
    assert list(told(entry, "en").values()) == ["Monday 08.30-16.30, every 20 minutes, counters: 2"]
    assert list(told(entry).values()) == ["จันทร์ 08.30-16.30 ทุก 20 นาที จำนวนเคาน์เตอร์ 2"]


@pytest.mark.django_db
def test_things_are_named_in_the_readers_language_offices_with_their_code():
    office = OfficeFactory(code="1006", name_en="Bang Kapi", name_th="บางกะปิ")
    phase = Phase.objects.get(pk="national")
    case = EnrollmentFactory()
    officer = OfficerFactory(office=office, name="Somchai")
    given = {"lever": "phase", "about": phase.pk, "name_before": "National", "joins": office.pk}
    given |= {"provinces_after": ["10"], "enrollment": str(case.pk), "second": str(officer.pk)}
    entry = written(Action.PHASE_CHANGED, phase, actor=Actor.officer(officer), **given)
    thai = ["เฟส", "ทั่วประเทศ", "ทั่วประเทศ", "บางกะปิ (1006)", "จังหวัด 10", case.reference, "Somchai"]
    assert list(told(entry).values())[1:] == thai[1:]
    english = ["Phase", "National", "National", "Bang Kapi (1006)", "Province 10"]
    assert list(told(entry, "en").values())[:5] == english
    with translation.override("th"):
        shown = in_words([entry])[0]
    assert [shown.office, shown.subject] == ["บางกะปิ", "ทั่วประเทศ"]


@pytest.mark.django_db
def test_an_entry_of_the_operator_says_so(reader):
    officer = OfficerFactory(name="Anan")
    written(Action.OFFICER_MADE, officer, actor=OPERATOR)
    asked = {"about": "officer", "subject": str(officer.pk)}
    day = reader.get(reverse("audit:find"), asked, headers={"Accept-Language": "en"})
    said = day.context["days"][0].said[0]
    assert said.sentence == "The operator at the command line made the administrator Anan"
    assert said.shown.actor == "Operator at the command line"
    assert timezone.localdate() == day.context["days"][0].day
