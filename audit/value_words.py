"""What the values of details are called that come of closed sets. The codes are stored and never
change. Sets of the apps above are found by name, as their models are.

Not here: what somebody called something (a device, a service), names and values of settings, and
what only machines tell apart (digests, versions of the terms).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models.enums import Choices
from django.utils.module_loading import import_string
from django.utils.translation import pgettext_lazy

from audit.actions import Action
from audit.detail_words import KEYS, plain_key, word_of
from core.typing import StrOrPromise

# By the key of the detail; the first set that has the code says its word.
SETS: dict[str, tuple[str, ...]] = {
    "about": ("audit.models.searches.About", "dashboards.values.table.VALUES"),
    "act": ("registration.models.GuardedAct",),
    "action": ("audit.actions.Action",),
    "answer": ("registration.models.second_person.Answer",),
    "auth_method": ("relying_parties.models.AuthMethod",),
    "browser": ("dashboards.devices.BROWSERS",),
    "channel": ("registration.models.Channel",),
    "channels": ("registration.models.Channel",),
    "claims": ("relying_parties.claims.Claim",),
    "code": ("registration.models.RejectReason", "registration.models.RetakeReason"),
    "decision": ("pilot.models.MemberState",),
    "device": ("dashboards.devices.DEVICES",),
    "difference": ("pilot.models.Difference",),
    "fields": ("identity.person.FIELDS",),
    "from_card": ("identity.person.FIELDS",),
    "from_officer": ("identity.person.FIELDS",),
    "from_register": ("identity.person.FIELDS",),
    "how": ("registration.services.help_line.MadeSure",),
    "kind": ("registration.models.EvidenceKind", "dashboards.models.NoteKind"),
    "lever": ("offices.levers.LEVERS",),
    "mark": ("appointments.models.AppointmentState",),
    "matter": ("rollout.models.Matter",),
    "mode": ("rollout.models.Mode",),
    "move": ("registration.models.decisions.DecidingMove",),
    "occasion": ("identity.official.Occasion",),
    "previous": ("registration.states.State",),
    "problem": ("registration.texts.CARD_PROBLEMS",),
    "purpose": ("identity.presentation.Purpose",),
    "reason_code": (
        "registration.models.RejectReason",
        "registration.models.RetakeReason",
        "identity.life.LifeReason",
    ),
    "required_claims": ("relying_parties.claims.Claim",),
    "role": ("offices.roles.Role",),
    "stands_for": ("registration.models.RejectReason", "registration.models.RetakeReason"),
    "state": ("population.models.imports.RunState", "pilot.models.PilotImportState"),
    "step": ("pilot.models.PilotImportState",),  # of older entries
    "summary": ("dashboards.models.Rhythm",),
    "verdict": ("identity.models.DigitalIDStatus",),
    "way": ("registration.models.Way",),
    "why": (
        "verification.findings.Check",
        "registration.models.RejectReason",
        "registration.models.RetakeReason",
    ),
}
_EMAIL, _SMS = pgettext_lazy("detail value", "e-mail"), pgettext_lazy("detail value", "SMS")
_PASSWORD = pgettext_lazy("detail value", "password")
_DEVICE = pgettext_lazy("detail value", "the device")
_FRONT = pgettext_lazy("detail value", "front of the card")
_BACK = pgettext_lazy("detail value", "back of the card")
WORDS: dict[str, dict[str, StrOrPromise]] = {
    "account": {
        "on": pgettext_lazy("detail value", "switched on"),
        "held": pgettext_lazy("detail value", "switched off for a day"),
        "off": pgettext_lazy("detail value", "switched off"),
    },
    "act": {
        "password": pgettext_lazy("detail value", "to set the password"),
        "consent": pgettext_lazy("detail value", "to agree"),
    },
    "by": {
        "number": pgettext_lazy("detail value", "ID number"),
        "reference": pgettext_lazy("detail value", "reference"),
    },
    "channel": {"email": _EMAIL, "sms": _SMS},
    "code": {"would_approve": pgettext_lazy("detail value", "would approve")},
    "how": {
        "counter": pgettext_lazy("detail value", "at the counter"),
        "device": _DEVICE,
        "handoff": pgettext_lazy("detail value", "link for another device"),
        "link": pgettext_lazy("detail value", "by a link that was handed out"),
        "operator": pgettext_lazy("detail value", "at the command line"),
        "passkey": pgettext_lazy("detail value", "fingerprint or face"),
        "password": _PASSWORD,
        "pin": pgettext_lazy("detail value", "PIN"),
        "reference": pgettext_lazy("detail value", "reference and ID number"),
    },
    "kind": {
        "app": pgettext_lazy("detail value", "by the app"),
        "bent": pgettext_lazy("detail value", "what is new in the turned head"),
        "csv": pgettext_lazy("detail value", "table (CSV)"),
        "file": pgettext_lazy("detail value", "as a file"),
        "former": pgettext_lazy("detail value", "picture of the former digital ID"),
        "json": pgettext_lazy("detail value", "data (JSON)"),
        "page": pgettext_lazy("detail value", "on the page"),
        "xlsx": pgettext_lazy("detail value", "workbook (Excel)"),
    },
    "link": {
        "password": pgettext_lazy("detail value", "the password is lost"),
        "password and second factor": pgettext_lazy(
            "detail value", "password and second factor are lost"
        ),
    },
    "list": {
        "cases": pgettext_lazy("detail value", "cases"),
        "officers": pgettext_lazy("detail value", "officers"),
    },
    "name": {  # of the phases that a new portal begins with
        "Pilot": pgettext_lazy("detail value", "Pilot"),
        "National": pgettext_lazy("detail value", "National"),
    },
    "only": {
        "elsewhere": pgettext_lazy("detail value", "outside the own office"),
        "new": pgettext_lazy("detail value", "without renewals"),
        "night": pgettext_lazy("detail value", "at night"),
        "renewals": pgettext_lazy("detail value", "renewals"),
    },
    "outcome": {
        "declined": pgettext_lazy("detail value", "declined"),
        "failed": pgettext_lazy("detail value", "not the same face for certain"),
        "overtaken": pgettext_lazy("detail value", "overtaken: nothing decided"),
        "passed": pgettext_lazy("detail value", "the same face"),
        "shown": pgettext_lazy("detail value", "shown"),
    },
    "page": {
        "overview": pgettext_lazy("detail value", "Overview"),
        "funnel": pgettext_lazy("detail value", "Steps"),
        "where": pgettext_lazy("detail value", "Places"),
        "work": pgettext_lazy("detail value", "Work"),
        "groups": pgettext_lazy("detail value", "Groups"),
    },
    "previous": {"email": _EMAIL, "sms": _SMS},
    "side": {"front": _FRONT, "back": _BACK},
    "state": {
        "deleted": pgettext_lazy("detail value", "deleted"),
        "own": pgettext_lazy("detail value", "kept for oneself"),
        "shared": pgettext_lazy("detail value", "shared"),
    },
    "step": {
        "added": pgettext_lazy("detail value", "added"),
        "changed": pgettext_lazy("detail value", "changed"),
        "started": pgettext_lazy("detail value", "started"),
    },
    "summary": {
        "en": pgettext_lazy("detail value", "in English"),
        "none": pgettext_lazy("detail value", "none any more"),
        "th": pgettext_lazy("detail value", "in Thai"),
    },
    "why": {
        "device": pgettext_lazy("detail value", "the device was removed"),
        "job_parked": pgettext_lazy("detail value", "the checks could not be finished"),
        "password": pgettext_lazy("detail value", "the password was changed"),
        "removed": pgettext_lazy("detail value", "removed by the holder"),
        "revoked": pgettext_lazy("detail value", "the digital ID was revoked"),
        "stopped_by_holder": pgettext_lazy("detail value", "stopped by the holder"),
        "tries": pgettext_lazy("detail value", "too many wrong tries"),
    },
}
OF_MOVES = {"step", "outcome"}  # those of a case, as their entries are called
OF_FIELDS = {"fields", "also"}  # fields that are details elsewhere
OF_TWO = {"detail": ":", "device": "-", "problem": ":"}  # and what stands between the two codes
# Who acts where nobody does.
SYSTEMS: dict[str, StrOrPromise] = {
    "appeals": pgettext_lazy("part of the portal", "Appeals"),
    "audit archive": pgettext_lazy("part of the portal", "Archive of the log"),
    "configuration": pgettext_lazy("part of the portal", "Settings"),
    "exercises": pgettext_lazy("part of the portal", "Exercises"),
    "housekeeping": pgettext_lazy("part of the portal", "Housekeeping"),
    "identity": pgettext_lazy("part of the portal", "Digital IDs"),
    "import": pgettext_lazy("part of the portal", "Import"),
    "import_pilot": pgettext_lazy("part of the portal", "Import of the pilot"),
    "import_population": pgettext_lazy("part of the portal", "Import of the register"),
    "line": pgettext_lazy("part of the portal", "Line at the start"),
    "offices": pgettext_lazy("part of the portal", "Accounts"),
    "operator": pgettext_lazy("part of the portal", "Operator at the command line"),
    "outbox": pgettext_lazy("part of the portal", "Jobs"),
    "presentations to services": pgettext_lazy("part of the portal", "Showing data to services"),
    "registration": pgettext_lazy("part of the portal", "Registration"),
    "review": pgettext_lazy("part of the portal", "Review"),
    "rollout": pgettext_lazy("part of the portal", "Rollout"),
    "sign-in for services": pgettext_lazy("part of the portal", "Sign-in for services"),
    "verification": pgettext_lazy("part of the portal", "Checks by machine"),
}


def word_of_value(key: str, code: str) -> str | None:
    """The word for a code under this key; None for what is of no set."""
    key = plain_key(key)
    if key in OF_TWO and OF_TWO[key] in code:
        return _of_two(key, *code.split(OF_TWO[key], 1))
    for words in (WORDS.get(key, {}), *map(set_of, SETS.get(key, ()))):
        if code in words:
            return str(words[code])
    if key in OF_MOVES and f"enrollment.{code}" in Action:
        return str(Action.of(code).label)
    return word_of(code) if key in OF_FIELDS and code in KEYS else None


def _of_two(key: str, one: str, other: str) -> str | None:
    if key == "device":
        device, browser = word_of_value(key, one), word_of_value("browser", other)
        return f"{device}, {browser}" if device and browser else None
    if key == "detail":
        return f"{word_of(one)}: {word_of_value(one, other) or other}"
    return f"{word_of_value('side', one) or one}: {word_of_value(key, other) or other}"


@cache
def set_of(path: str) -> Mapping[str, Any]:
    """Code -> word, of an enumeration or of a table of what has a label or a name."""
    found = import_string(path)
    if isinstance(found, type) and issubclass(found, Choices):
        return dict(found.choices)
    return {
        code: getattr(one, "label", None) or getattr(one, "name", one)
        for code, one in found.items()
    }
