"""Two administrators at a lever: one asks, the other agrees, as their browsers would."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpResponse
from django.test import Client

from offices.models import Officer, Proposal
from tests.factories import OfficerFactory
from tests.test_access import sign_in

ASK = "/staff/levers/new/"
REASON = "A reason of some length."


def prove_factor(client: Client, officer: Officer, *, ago: float = 0) -> None:
    """As if a code had been typed so many seconds ago."""
    session = client.session
    proof = {"method": "mfa", "at": time.time() - ago, "id": 1, "type": "totp"}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()


def administrators_client(officer: Officer | None = None) -> Client:
    client, officer = Client(), officer or OfficerFactory(administrator=True)
    sign_in(client, officer)
    prove_factor(client, officer)
    return client


def typed_at(client: Client, address: str, **given: object) -> HttpResponse:
    """Post what the page at this address shows, with `given` in its place."""
    page = client.get(address)
    form, effect = page.context["form"], page.context["effect"]
    shown = form.fields["shown"].widget.token
    return client.post(
        address, {"people": effect.people, "shown": shown, "reason": REASON, **given}
    )


def asked_for(client: Client, **given: object) -> Proposal:
    """Confirm what was filled in a moment ago."""
    answer = typed_at(client, ASK, **given)
    assert answer.status_code == 302, answer.context["form"].errors
    return Proposal.objects.get(answer="")


def agreed_by_another(proposal: Proposal, *, client: Client | None = None) -> HttpResponse:
    return typed_at(client or administrators_client(), f"/staff/levers/{proposal.pk}/")
