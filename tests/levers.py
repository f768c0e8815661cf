"""Two administrators at a lever: one asks, the other agrees, as their browsers would."""

from django.http import HttpResponse
from django.test import Client

from devstack.demo.signed_in import prove_factor
from offices.models import Officer, Proposal
from tests.factories import OfficerFactory
from tests.test_access import sign_in

ASK = "/staff/levers/new/"
REASON = "A reason of some length."


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


def declined(
    proposal: Proposal, *, client: Client | None = None, reason: str = REASON
) -> HttpResponse:
    """By another administrator, or withdrawn where the client is the asker's."""
    address = f"/staff/levers/{proposal.pk}/decline/"
    return (client or administrators_client()).post(address, {"reason": reason})
