"""Every guarded value, and what is sent to change it: for tests that nothing but a lever does."""

import datetime
import uuid

import pytest
from django.utils import timezone

from dashboards.models import FigureValue
from identity.models import DigitalID
from offices.models import Invitation, Membership, Office, Officer
from pilot.models import MemberState, PilotImport, PilotImportState, PilotMember
from population.models import ImportRun, PopulationRecord, RowBefore, RunState
from registration.models import DecisionReason, ExerciseShare
from relying_parties.models import RelyingParty
from rollout.models import LineRule, Phase, Place, Shard
from tests.factories import OfficerFactory, PilotImportFactory, PilotMemberFactory
from tests.identity.factories import DigitalIDFactory
from tests.relying_parties.factories import RelyingPartyFactory

TODAY = timezone.localdate()
# Values that each guarded field takes, under the names that forms, APIs and steps know.
WANTED = {
    "capacity": 1, "closed": "on", "starts_on": f"{TODAY + datetime.timedelta(days=1)}",
    "ends_on": f"{TODAY + datetime.timedelta(days=2)}",
    "provinces": "12", "opens_office": "", "code": "national", "name": "Another",
    "role": "administrator", "is_active": "", "email": "new@example.org", "office": "",
    "enabled": "", "redirect_uris": "https://evil.example/", "claims": ["name"],
    "required_claims": ["name"], "new_secret": "on", "contact": "evil@example.org",
    "name_th": "อื่น", "name_en": "Another", "auth_method": "client_secret", "jwks": "null",
    "second_factor_lost": "on", "back": "yes", "taken": 7, "reason": "Because I want it so.",
    "value": 7, "listed": "evil@example.org,Evil,1206",
    "province_code": "10", "province_th": "อื่น", "province_en": "Another", "text_th": "อื่น",
    "text_en": "Another", "stands_for": "other", "position": 7, "active": "", "move": "reject",
    "mode": "at_most", "per_minute": 7, "people": 0, "joins": "5001", "account": "off",
    "percent": 5, "a_day": 7, "state": "taken_back",
    "at_once": "yes", "_selected_action": ["national"], "action": "delete_selected", "post": "yes",
}  # fmt: skip
WHOLE_ROWS = (
    LineRule, Phase, Shard, Place, RelyingParty, Office, DecisionReason, Membership, FigureValue,
    ExerciseShare, PilotImport, PilotMember, DigitalID, ImportRun, PopulationRecord,
)  # fmt: skip


def guarded() -> list[list[tuple]]:
    """Every guarded value as the database has it."""
    fields = ("email", "name", "role", "office", "is_active", "suspended_by", "password")
    people = Officer.objects.order_by("pk").values_list(*fields)
    return [
        list(people),
        list(Invitation.objects.order_by("pk").values_list("pk", "officer")),
        *(list(model.objects.order_by("pk").values_list()) for model in WHOLE_ROWS),
    ]


@pytest.fixture
def things() -> dict[str, object]:
    officer, service = OfficerFactory(), RelyingPartyFactory()
    reason = DecisionReason.objects.filter(move="reject").first()
    phase = Phase.objects.get(code="national")
    rule = LineRule.objects.create(pk=1, mode="itself")
    share = ExerciseShare.objects.create(pk=1)
    return {
        "officer": officer, "service": service, "phase": phase, "office": officer.office,
        "reason": reason, "rule": rule, "share": share, "file": taken_over(), "run": run_done(),
    }  # fmt: skip


def taken_over() -> PilotImport:
    """A file of one person, who has the digital ID."""
    file, digital_id = PilotImportFactory(state=PilotImportState.DONE), DigitalIDFactory()
    PilotMemberFactory(
        pilot_import=file, state=MemberState.EXPECTED, difference="",
        number_key=digital_id.number_key, digital_id=digital_id.pk,
    )  # fmt: skip
    return file


def run_done() -> ImportRun:
    """An import that has brought one person into the register."""
    run = ImportRun.objects.create(
        file_name="register.csv", file_bytes=1, fingerprint=b"", state=RunState.DONE, inserted=1,
        finished_at=timezone.now(),
    )  # fmt: skip
    somebody = PopulationRecord.objects.create(
        number_key=uuid.uuid4(), office_code="1206", status="alive", birth_year=1990
    )
    RowBefore.objects.create(number_key=somebody.number_key, run=run)
    return run
