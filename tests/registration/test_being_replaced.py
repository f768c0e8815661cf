"""A renewal that nobody proved to be the holder's: an officer, and a day to say no."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from joserfc.jwk import ECKey

from audit.models import Entry
from core.guard.tries import Origin
from identity.models import DigitalID, HolderNotice
from registration.errors import Conflict, MoveNotAllowed
from registration.models import Decision, Enrollment, ReturnCheck
from registration.services.capture import recapture_card
from registration.services.renewing import announce, possible_from, prove_former
from registration.services.returning import decide_return
from registration.services.stopping import stop_replacement
from registration.states import State
from tests.factories import OfficerFactory
from tests.identity.factories import DeviceFactory, public_part
from tests.identity.tokens import make_token
from tests.registration.proofs import KEY, consented
from tests.registration.renewals import ACTOR, age, ready
from verification.findings import Finding, Outcome
from verification.policy import OF_RETURNS

pytestmark = pytest.mark.django_db
PHONE = ECKey.generate_key("P-256")
STOP = reverse("registration:stop_replacement")


@pytest.fixture
def device():
    found = DeviceFactory(key=PHONE)
    age(found.digital_id)
    return found


@pytest.fixture
def renewal(device) -> Enrollment:
    """Approved by an officer, and everything but the consent done."""
    enrollment = ready(device.digital_id.holder.number, proven=False)
    Decision.objects.create(
        enrollment=enrollment, officer=OfficerFactory(), move="approve", decided_at=timezone.now()
    )
    announce(enrollment, actor=ACTOR)
    return enrollment


def statuses(device) -> list[str]:
    mine = DigitalID.objects.filter(number_key=device.number_key).order_by("issued_at")
    return list(mine.values_list("status", flat=True))


def test_the_present_one_stays_valid_for_a_day_and_its_holder_is_told(renewal, device):
    with pytest.raises(Conflict, match="not_yet"):
        consented(renewal)
    assert statuses(device) == ["active"]
    kinds = HolderNotice.objects.filter(number_key=device.number_key).values_list("kind", flat=True)
    assert "replacement_begun" in set(kinds)
    assert possible_from(renewal) is not None


def test_after_the_day_it_is_replaced(renewal, device):
    with time_machine.travel(possible_from(renewal), tick=False):
        consented(renewal)
    assert statuses(device) == ["revoked", "active"]


def test_without_an_officers_announcement_no_time_is_enough(device):
    enrollment = ready(device.digital_id.holder.number, proven=False)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        consented(enrollment)
    assert statuses(device) == ["active"]


def test_who_goes_on_at_another_device_has_proved_nothing_of_the_former_holder(device):
    """A face before a browser is all that spoke for it."""
    enrollment = ready(device.digital_id.holder.number)
    check = ReturnCheck.objects.create(enrollment=enrollment, device_key=public_part(KEY))
    decide_return(check, facts=[Finding(one, Outcome.PASSED) for one in OF_RETURNS])
    gone_on = Enrollment.objects.get(pk=enrollment.pk)
    with pytest.raises(Conflict, match="not_yet"):
        consented(gone_on)
    assert statuses(device) == ["active"]
    told = HolderNotice.objects.filter(number_key=device.number_key, kind="replacement_begun")
    assert told.count() == 1
    with time_machine.travel(possible_from(gone_on), tick=False):
        consented(Enrollment.objects.get(pk=enrollment.pk))
    assert statuses(device) == ["revoked", "active"]


@pytest.mark.parametrize(("limited", "proof"), [(True, ""), (False, "password")])
def test_who_came_by_reference_and_takes_the_card_anew_has_proved_nothing(device, limited, proof):
    enrollment = ready(device.digital_id.holder.number)
    values = {"state": State.DATA_CONFIRMED, "token_limited": limited}
    Enrollment.objects.filter(pk=enrollment.pk).update(**values)
    anew = recapture_card(Enrollment.objects.get(pk=enrollment.pk))
    assert [anew.former_proof, anew.token_limited] == [proof, False]


def test_a_proof_of_another_number_is_none(device):
    enrollment = ready(device.digital_id.holder.number)
    other = DeviceFactory().number_key
    Enrollment.objects.filter(pk=enrollment.pk).update(former_number_key=other)
    with pytest.raises(Conflict):
        consented(Enrollment.objects.get(pk=enrollment.pk))
    assert statuses(device) == ["active"]


def test_the_old_device_stops_it_in_one_press_without_a_password(renewal, device):
    answer = Client().post(STOP, {"proof": make_token(device, PHONE, aud="unlock")})
    assert answer.status_code == 200
    assert Enrollment.objects.get(pk=renewal.pk).state == State.WITHDRAWN
    assert DigitalID.objects.get(pk=device.digital_id_id).replacing_by is None
    stopped = Entry.objects.get(action="digital_id.replacement_stopped")
    assert stopped.details["enrollment"] == str(renewal.pk)
    later = timezone.now() + timedelta(days=2)
    with time_machine.travel(later, tick=False), pytest.raises(MoveNotAllowed):
        consented(Enrollment.objects.get(pk=renewal.pk))
    assert statuses(device) == ["active"]


def test_another_browser_stops_nothing(renewal):
    key = ECKey.generate_key("P-256")
    stranger = DeviceFactory(key=key)
    for proof in ("", "rubbish", make_token(stranger, key, aud="unlock")):
        assert Client().post(STOP, {"proof": proof}).status_code == 422
    assert Enrollment.objects.get(pk=renewal.pk).state == State.PASSWORD_SET


def test_stopped_twice_is_stopped_once(renewal, device):
    assert stop_replacement(device.digital_id)
    assert not stop_replacement(device.digital_id)
    assert Entry.objects.filter(action="digital_id.replacement_stopped").count() == 1


@pytest.mark.parametrize(("status", "how"), [("active", "device"), ("suspended", None)])
def test_the_phone_of_a_suspended_digital_id_proves_no_holder(device, status, how):
    DigitalID.objects.filter(pk=device.digital_id_id).update(status=status)
    proven = prove_former(
        proof=make_token(device, PHONE, aud="unlock"), origin=Origin("address:somewhere")
    )
    assert (proven and proven[0]) == how
