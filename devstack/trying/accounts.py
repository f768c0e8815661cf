"""The sample officers, with what signs them in at this moment."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from devstack.demo.passwords import password_of
from devstack.demo.staff import DOMAIN, STAFF
from offices.codes import is_used_up
from offices.models import Officer

TASKS = {
    "officer": _("Decides on the cases of Pak Kret"),
    "second": _("A colleague, for what two officers have to decide"),
    "provincial": _("Sees the cases of the whole province"),
    "supervisor": _("Sees how the office keeps up, and gives cases to others"),
    "chiangmai": _("An officer elsewhere, who may see none of Pak Kret's cases"),
    "administrator": _("Figures, offices, officers, imports and the rollout"),
    "deputy": _("A second administrator, for changes that take two"),
    "auditor": _("Reads the log and proves that nothing in it was changed"),
    "callcentre": _("Answers calls to 1548: suspends, and sees a caller's step"),
}


@dataclass(frozen=True)
class Account:
    """A sample officer. `used` says that the code of this half minute was given already."""

    officer: Officer
    password: str
    code: str
    seconds: int
    used: bool

    @property
    def name(self) -> str:
        return self.officer.email.removesuffix(DOMAIN)

    @property
    def task(self) -> StrOrPromise:
        return TASKS[self.name]


def accounts() -> Iterator[Account]:
    """Those that are there, in the order of the sample data."""
    emails = [f"{name}{DOMAIN}" for name, *_rest in STAFF]
    seeds = {
        one.user_id: one
        for one in Authenticator.objects.filter(
            user__email__in=emails, type=Authenticator.Type.TOTP
        )
    }
    found = {one.email: one for one in Officer.objects.filter(email__in=emails)}
    for email in emails:
        if email in found and found[email].pk in seeds:
            yield _account(found[email], seeds[found[email].pk])


def account_of(name: str) -> Account | None:
    return next((one for one in accounts() if one.name == name), None)


def _account(officer: Officer, authenticator: Authenticator) -> Account:
    counter, gone = divmod(int(time.time()), app_settings.TOTP_PERIOD)
    code = format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter))
    used, left = is_used_up(officer, code), app_settings.TOTP_PERIOD - gone
    return Account(officer, password_of(officer.email), code, left, used)
