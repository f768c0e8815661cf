"""Citizens and an officer at each page of an appeal, for a portal that runs."""

import json

from devstack.demo.signed_in import officer_session
from offices.models import Office, Officer
from registration.models import Enrollment
from tests.factories import OfficerFactory
from tests.registration.appeals import WORDS, appeal, come_by_reference, reject, rejected
from tests.registration.every_step import session_of

LONG = f"{WORDS} " + "ภาพบนบัตรถ่ายไว้เมื่อแปดปีก่อน ตอนนั้นผมสั้นและไม่ได้ใส่แว่น " * 6


def session_of_officer(officer: Officer) -> str:
    return str(officer_session(officer).session_key)


def sessions() -> str:
    here = OfficerFactory(office=Office.objects.get(pk="1206"))
    OfficerFactory(office=Office.objects.get(pk="5001"))
    names = ("rejected", "to file", "by reference", "filed", "final")
    cases = {name: rejected(here) for name in names}
    come_by_reference(cases["by reference"])
    for name in ("filed", "final"):
        appeal(cases[name], words=LONG)
    reject(*_with_officer(cases["final"]))
    case, other = _with_officer(cases["filed"])
    found = {name: session_of(case) for name, case in cases.items()}
    return json.dumps(found | {"officer": session_of_officer(other), "case": str(case.pk)})


def _with_officer(case: Enrollment) -> tuple[Enrollment, Officer]:
    """The case, and somebody of the office that was drawn for it."""
    drawn = Enrollment.objects.get(pk=case.pk)
    return drawn, OfficerFactory(office=drawn.office)
