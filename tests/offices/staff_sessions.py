"""People of two offices, a held account and lists, for a portal that runs."""

import json
import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from offices import memberships
from offices.levers import LEVERS
from offices.list_file import Line
from offices.lists import keep_list
from offices.models import Office, Officer, PeopleList
from offices.off_lever import hold_account
from offices.proposing import agree_to_change, ask_for_change
from tests.factories import OfficerFactory
from tests.levers import REASON
from tests.registration.appeal_sessions import session_of_officer

HERE, NEAR = "1206", "1201"


def sessions() -> str:
    here = Office.objects.get(pk=HERE)
    first, second = OfficerFactory.create_batch(2, administrator=True)
    supervisor = OfficerFactory(supervisor=True, office=here, name="หัวหน้า ปากเกร็ด")
    both = OfficerFactory(office=here, name="สมหญิง ปฏิบัติงานสองแห่ง")
    memberships.add_membership(both, office=Office.objects.get(pk=NEAR), by=first)
    held = OfficerFactory(supervisor=True, office=here)
    hold_account(held, by=second, reason=REASON)
    return json.dumps({
        "administrator": _fresh(first), "supervisor": _fresh(supervisor),
        "both": session_of_officer(both), "both pk": str(both.pk), "held": str(held.pk),
        "supervisor pk": str(supervisor.pk), "waiting": _listed("a", by=first).pk,
        "agreed": _agreed(_listed("b", by=first), first, second),
    })  # fmt: skip


def _fresh(officer: Officer) -> str:
    """Signed in, with a code typed a moment ago."""
    key = session_of_officer(officer)
    session = SessionStore(session_key=key)
    proof = {"method": "mfa", "at": time.time(), "id": 1, "type": "totp"}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()
    return key


def _listed(letter: str, *, by: Officer) -> PeopleList:
    lines = [Line(n, f"{letter}{n}.{by.pk.hex}@example.org", "สมชาย ใจดี", HERE) for n in range(3)]
    return keep_list(lines, by=by)


def _agreed(kept: PeopleList, asker: Officer, other: Officer) -> str:
    new = {"listed": kept.people}
    asked = ask_for_change(
        LEVERS["list"], kept.pk, new, by=asker, reason=REASON, people=kept.people
    )
    agree_to_change(asked, by=other, people=kept.people)
    return kept.pk
