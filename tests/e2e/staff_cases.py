"""A case in each state in which an officer may find it, in offices that no other test works in, and
sessions of who looks at them; for a portal that runs.
"""

import json
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from core.typing import Json
from devstack.demo.signed_in import officer_session, prove_factor
from identity.numbers import number_key
from offices.models import Officer
from registration.models import (
    Channel,
    CounterVisit,
    Enrollment,
    Evidence,
    EvidenceKind,
    Risk,
)
from registration.services import decisions as deciding
from registration.services import help_line, review
from registration.services.evidence import keep_picture
from registration.services.second_person import ask_second_person
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.identity.factories import (
    DigitalIDFactory,
    make_person,
    portrait,
    surely_read,
    valid_number,
)
from tests.registration.appeals import appeal, reject
from tests.registration.every_step import citizen_at
from verification.findings import Check, Outcome

NUMBER, OTHER_NUMBER = (valid_number(f"19801000000{last}") for last in (1, 2))
LONG = timedelta(days=9)
LONGEST = 3600  # seconds
WORDS = "ภาพบนบัตรถ่ายไว้เมื่อแปดปีก่อน ตอนนั้นผมสั้นและไม่ได้ใส่แว่น " * 4
PICTURES = (
    EvidenceKind.SELFIE, EvidenceKind.PORTRAIT, EvidenceKind.CARD_FRONT, EvidenceKind.CARD_BACK,
)  # fmt: skip
OUTCOMES = (Outcome.FAILED, Outcome.MISSING, Outcome.PASSED, Outcome.DOUBTFUL)


class Cases:
    """Each method but `case` makes one of a kind, as `officer`, `second` or `chief` find it."""

    def __init__(self) -> None:
        self.office = OfficeFactory(code="9801", name_en="Nong Bua Rawe District Office")
        self.away = OfficeFactory(code="9901")
        self.officer, self.second, self.third = OfficerFactory.create_batch(3, office=self.office)
        self.chief = OfficerFactory(office=self.office, supervisor=True)

    def case(self, *, findings: Json | None = None, **fields) -> Enrollment:
        """With all pictures, and every outcome that a check can have."""
        usual = {"state": State.WAITING_REVIEW, "office": self.office}
        case = EnrollmentFactory(**usual | fields)
        case.confirmed = make_person(NUMBER)
        case.reading = surely_read(make_person(NUMBER, first_name_th="มานี"))
        case.save()
        for kind in PICTURES:
            keep_picture(case, kind, portrait())
        for place, check in enumerate(Check):
            outcome = OUTCOMES[place % len(OUTCOMES)]
            case.findings.create(
                check_name=check, outcome=outcome, attempt=0, score=0.41, threshold=0.5,
                details=(findings or {}).get(check, {}),
            )  # fmt: skip
        return case

    def alike(self) -> Json:
        """What two checks say of others: within reach, with a selfie and without, and elsewhere."""
        cases = [self.case(state=State.ACTIVATED), self.case(state=State.EXPIRED)]
        Evidence.objects.filter(enrollment=cases[1]).update(deleted_at=timezone.now())
        others = [*cases, self.case(office=self.away, state=State.ACTIVATED)]
        named = [{"subject": str(one.pk), "similarity": 0.71} for one in others]
        differing = {"found": True, "alive": True, "differing": ["first_name_th", "address"]}
        return {Check.DUPLICATE: {"candidates": named}, Check.REGISTER: differing}

    def waiting(self) -> Enrollment:
        since = timezone.now() - LONG
        alike = self.alike()
        return self.case(findings=alike, state_since=since, risk=Risk.HIGH, selfie_attempts=0)

    def renewal(self) -> Enrollment:
        """In the hands of `officer`, of which the failed checks make it one for two."""
        DigitalIDFactory(number=NUMBER, issued_at=timezone.now() - LONG)
        return self.taken(self.officer, renewal=True, number_key=number_key(NUMBER))

    def taken(self, officer: Officer, **fields) -> Enrollment:
        return review.take_case(self.case(**fields), officer=officer)

    def passed_on(self) -> Enrollment:
        """By `third`, as it is once that can no longer be taken back."""
        held = self.taken(self.third)
        passed = deciding.pass_to_second_officer(held, officer=self.third, message=WORDS)
        before = timezone.now() - timedelta(minutes=2)
        Enrollment.objects.filter(pk=passed.pk).update(state_since=before)
        return passed

    def second_opinion(self) -> Enrollment:
        return review.take_case(self.passed_on(), officer=self.second)

    def asked_back(self) -> Enrollment:
        """Rejected; `chief` asks for a second person who would open it again."""
        rejected = reject(self.case(), self.third)
        ask_second_person(rejected, act="reopen", officer=self.chief, message=WORDS)
        return rejected

    def retake(self) -> Enrollment:
        reasons = {"reasons": ["challenge"], "message": WORDS}
        return deciding.ask_for_retake(self.taken(self.third), officer=self.third, **reasons)

    def appealed(self) -> Enrollment:
        elsewhere = OfficerFactory(office=self.away)
        filed = appeal(reject(self.case(office=self.away), elsewhere), words=WORDS)
        Enrollment.objects.filter(pk=filed.pk).update(office=self.office)
        return filed

    def issued(self) -> Enrollment:
        digital_id = DigitalIDFactory(number=OTHER_NUMBER, office_code=self.office.pk)
        fields = {"digital_id": digital_id.pk, "number_key": digital_id.number_key}
        return self.case(state=State.ACTIVATED, **fields)

    def gone(self) -> Enrollment:
        """Long over, its pictures deleted."""
        return EnrollmentFactory(state=State.EXPIRED, office=self.office)

    def held(self) -> Enrollment:
        return self.taken(self.third)

    def at_the_counter(self, step: str, serial: int) -> Enrollment:
        case = citizen_at(step, serial)
        Enrollment.objects.filter(pk=case.pk).update(office=self.office, channel=Channel.OFFICE)
        CounterVisit.objects.create(enrollment=case, officer=self.officer)
        return case


NAMES = (
    "waiting", "renewal", "passed_on", "second_opinion", "asked_back", "retake", "appealed",
    "issued", "gone", "held",
)  # fmt: skip

AT_THE_COUNTER = ("card_front", "confirm", "selfie", "retake", "return", "done")


def make() -> str:
    cases, agent = Cases(), OfficerFactory(call_centre=True)
    found = {name: str(getattr(cases, name)().pk) for name in NAMES}
    for serial, step in enumerate(AT_THE_COUNTER, 98_010):
        found[step] = str(cases.at_the_counter(step, serial).pk)
    stay = timezone.now() + LONG
    held = Enrollment.objects.filter(pk__in=found.values(), state=State.IN_REVIEW)
    held.update(held_until=stay, held_seen_at=stay)  # nobody's page is open on it yet
    found["person"] = str(cases.third.pk)
    found["look"] = str(help_line.look_up(OTHER_NUMBER, agent=agent).pk)
    people = {
        "officer": cases.officer, "second": cases.second, "chief": cases.chief, "agent": agent,
        "provincial": OfficerFactory(provincial=True, office=cases.office),
        "administrator": OfficerFactory(administrator=True),
        "auditor": OfficerFactory(auditor=True),
        "newcomer": OfficerFactory(supervisor=True, office=OfficeFactory(code="9802")),
    }  # fmt: skip
    return json.dumps(found | {name: session_of(one) for name, one in people.items()})


def session_of(officer: Officer) -> str:
    """With a code typed, which stays fresh for as long as a file's tests take."""
    session = officer_session(officer)
    prove_factor(SimpleNamespace(session=session), officer, ago=-LONGEST)
    return str(session.session_key)
