"""Changes that take two, as whoever asks and whoever answers find them, for a portal that runs: of
each lever one that waits, some that were answered, and some that show what nobody keeps.
"""

import json
from datetime import timedelta

from django.utils import timezone

from audit.services import Actor
from core.typing import Json
from offices.levers import LEVERS
from offices.list_file import Line
from offices.lists import keep_list
from offices.models import Officer, Proposal
from offices.proposing import agree_to_change, ask_for_change, decline_change
from pilot.models import PilotImportState
from population.imports.steering import agree
from population.models import ImportRun, RunState
from registration.models import DecisionReason
from tests.e2e.import_cases import give_up_held, make_imports
from tests.e2e.staff_cases import session_of
from tests.factories import PROCESS, OfficeFactory, OfficerFactory
from tests.relying_parties.factories import RelyingPartyFactory

REASON = "ขอให้เลื่อนไปหลังงานบุญบั้งไฟ เพราะเจ้าหน้าที่ครึ่งหนึ่งของสำนักทะเบียนลาหยุดในสัปดาห์นั้น"
OFFICE = {
    "name_th": "สำนักทะเบียนอำเภอซับใหญ่", "name_en": "Sap Yai District Office",
    "province_code": "36", "province_th": "ชัยภูมิ", "province_en": "Chaiyaphum",
}  # fmt: skip
MEANT = {
    "move": "ask_retake", "stands_for": "card_unclear", "active": False,
    "text_th": "ภาพถ่ายหน้าบัตรไม่ชัด กรุณาถ่ายใหม่",
    "text_en": "The photo of your card was not clear. Please take it again.",
}  # fmt: skip
SERVICE = {
    "name_th": "โรงพยาบาลหนองบัวระเหว", "name_en": "Nong Bua Rawe Hospital",
    "contact": "desk@hospital.example", "enabled": True, "auth_method": "private_key_jwt",
    "redirect_uris": ["https://hospital.example/sign-in/with/the/digital-id/of/dopa/callback"],
    "claims": ["name", "birthdate", "age_over_20"], "required_claims": ["name"],
    "jwks": {"keys": [{"kty": "EC", "crv": "P-256", "x": "q" * 43, "y": "w" * 43}]},
}  # fmt: skip
LINK = {"link": "password"}
LANGUAGES = ("th", "en")


class Proposals:
    """`asker` asks and `second` answers, both administrators; `chief` asks for the own office.
    `imports` are those of make_imports.
    """

    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports
        self.office, self.other = (OfficeFactory(code=code) for code in ("9811", "9812"))
        self.asker, self.second = OfficerFactory.create_batch(2, administrator=True)
        self.officer = OfficerFactory(office=self.office)
        self.chief, self.leaving = OfficerFactory.create_batch(
            2, office=self.office, supervisor=True
        )

    def asked(
        self, lever: str, subject: object, new: Json, *, by: Officer | None = None
    ) -> Proposal:
        pulled, named = LEVERS[lever], str(subject)
        people, by = pulled.effect(named, new).people, by or self.asker
        return ask_for_change(pulled, named, new, by=by, reason=REASON, people=people)

    def waiting(self) -> dict[str, Proposal]:
        """By the lever's code."""
        of_people = {"staff": self.asked("staff", "", self._invited(), by=self.chief)}
        return of_people | {name: self.asked(name, *change) for name, change in self._new().items()}

    def _new(self) -> dict[str, tuple[object, Json]]:
        """Subject and values of each but the one of an office's people; with much to read."""
        emails = (f"listed{number}.{PROCESS}@example.org" for number in (1, 2))
        lines = [Line(0, email, "คนใหม่", self.office.pk) for email in emails]
        kept = keep_list(lines, by=self.asker)
        reason = DecisionReason.objects.filter(move="reject").first()
        phase = {
            "ends_on": f"{timezone.localdate() + timedelta(days=400)}", "opens_app": False,
            "provinces": ["10", "12", "36", "50", "90"],
        }  # fmt: skip
        return {
            "rights": (self.officer.pk, {"role": "supervisor", "office": self.other.pk}),
            "off": (self.leaving.pk, {"account": "off"}),
            "list": (kept.pk, {"listed": kept.people}),
            "office": (self.other.pk, OFFICE),
            "reason": (reason.pk, MEANT),
            "exercises": (1, {"percent": 5, "a_day": 7}),
            "phase": ("national", phase),
            "line": (1, {"mode": "at_most", "per_minute": 1200}),
            "register_back": (self.imports["ending"], {"state": RunState.ROLLED_BACK}),
            "pilot_back": (self.imports["pilot_done"], {"state": PilotImportState.TAKEN_BACK}),
            "figures": ("drop", {"value": 40}),
            "relying_party": ("", SERVICE),
        }

    def _invited(self) -> Json:
        email = f"invited{Proposal.objects.count()}.{PROCESS}@example.org"
        return {"email": email, "name": "มานะ คนใหม่", "role": "officer", "office": self.office.pk}

    def answered(self) -> dict[str, Proposal]:
        """Agreed to, with a way back, and declined."""
        offices = [OfficeFactory(code=code) for code in ("9813", "9814")]
        agreed, declined = (self.asked("office", office.pk, OFFICE) for office in offices)
        agree_to_change(agreed, by=self.second, people=0)
        decline_change(declined, by=self.second, reason=REASON)
        return {"agreed": agreed, "declined": declined}

    def shown_once(self) -> dict[str, Proposal]:
        """Each is shown in one language."""
        found = {}
        for language in LANGUAGES:
            secret = {"new_secret": True}
            service = RelyingPartyFactory()
            found[f"link {language}"] = self.asked("rights", self._newcomer().pk, LINK)
            found[f"secret {language}"] = self.asked("relying_party", service.pk, secret)
        return found

    def _newcomer(self) -> Officer:
        return OfficerFactory(office=self.office, name="มานะ คนใหม่")


def make() -> str:
    """Keys of imports, to two of which one has agreed, and of changes, and sessions of who looks
    at them.
    """
    imports = make_imports()
    cases = Proposals(imports)
    for name, officer in (("held", cases.second), ("ending", cases.asker)):
        run, actor = ImportRun.objects.get(pk=imports[name]), Actor.officer(officer)
        agree(run, actor=actor, reason=REASON)
    made = cases.waiting() | cases.answered() | cases.shown_once()
    people = {"asker": cases.asker, "second": cases.second, "chief": cases.chief}
    return json.dumps(
        imports
        | {name: str(one.pk) for name, one in made.items()}
        | {name: session_of(one) for name, one in people.items()}
    )


def unmake() -> None:
    """What waits would stand in the way of the same change elsewhere, and of every import."""
    for proposal in Proposal.objects.filter(answer=""):
        decline_change(proposal, by=proposal.asked_by, reason=REASON)
    give_up_held()
