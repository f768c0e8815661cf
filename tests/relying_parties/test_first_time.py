"""The holder hears of a service once, at the first sign-in or showing, and of each wallet."""

import pytest
from django.urls import reverse

from audit.services import Actor
from identity.life import LifeReason, change_status
from identity.models import HolderNotice
from relying_parties.models import Grant, WalletCredential
from relying_parties.services import end_grant
from tests.identity.conftest import folder
from tests.identity.factories import DeviceFactory
from tests.identity.messages import SENT_TO, give_contact, kinds_of, run_due_jobs, sent
from tests.relying_parties.conftest import unlock
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.flow import signed_in
from tests.relying_parties.presenting import Wallet, ask, credential_of
from tests.relying_parties.test_wallets import Wallet as OtherWallet
from tests.relying_parties.test_wallets import make_offer

pytestmark = pytest.mark.django_db
__all__ = ["folder"]  # a fixture
ACTOR = Actor.system("test")


def show(device, key, service) -> None:
    wallet = Wallet(credential_of(device), key)
    said = wallet.open(ask(service)["wallet"])
    assert wallet.send(said, wallet.shown(said)).status_code == 200


def test_the_first_sign_in_is_told_and_the_second_is_not(citizen, device, service):
    for _ in range(2):
        signed_in(citizen, service)
    [notice] = HolderNotice.objects.filter(digital_id=device.digital_id)
    named = {"service_th": service.name_th, "service_en": service.name_en}
    assert [notice.kind, notice.details] == ["first_sign_in", named]


def test_each_service_is_told_and_consent_given_anew_is_not(citizen, device, service):
    signed_in(citizen, service)
    end_grant(Grant.objects.get(), digital_id=device.digital_id)
    signed_in(citizen, service)
    signed_in(citizen, RelyingPartyFactory())
    assert kinds_of(device.digital_id) == ["first_sign_in"] * 2


def test_after_a_renewal_the_same_service_is_not_told_again(citizen, device, service, client):
    signed_in(citizen, service)
    former = device.digital_id
    change_status(former, "revoke", actor=ACTOR, reason=LifeReason.RENEWED)
    newer = DeviceFactory(digital_id__number_key=former.number_key)
    unlock(client, newer)
    signed_in(client, service)
    assert kinds_of(newer.digital_id) == []


def test_the_first_showing_is_told_and_the_second_is_not(device, key, service):
    for _ in range(2):
        show(device, key, service)
    assert kinds_of(device.digital_id) == ["first_showing"]


def test_the_message_does_not_say_which_service(device, key, service, folder):
    give_contact(device.digital_id)
    show(device, key, service)
    run_due_jobs()
    [message] = sent(folder)
    assert message["to"] == SENT_TO
    assert [name for name in (service.name_th, service.name_en) if name in str(message)] == []


def test_a_wallet_is_told_when_it_has_the_credential_and_when_it_is_taken_back(citizen, device):
    offer = make_offer(device.digital_id)
    assert kinds_of(device.digital_id) == []
    OtherWallet(offer.link).collect(offer.pin)
    held = WalletCredential.objects.get()
    citizen.post(reverse("relying_parties:take_back", args=[held.pk]))
    assert kinds_of(device.digital_id) == ["wallet_added", "wallet_removed"]
