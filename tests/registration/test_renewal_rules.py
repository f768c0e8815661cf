"""What a renewal needs, what stops it at the last step, and who is told."""

from dataclasses import replace

import pytest
from django.utils import timezone

from audit.models import Entry
from identity.life import change_status
from identity.models import DigitalID
from registration.errors import Conflict
from registration.models import Decision, Enrollment
from registration.services import counter, reissuing
from registration.services.renewing import check_way
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory, valid_number
from tests.identity.messages import give_contact as tell_there
from tests.registration.proofs import consented, with_key
from tests.registration.renewals import ACTOR, age, ready
from tests.registration.test_notifications import folder, give_contact, messages, run_due_jobs

pytestmark = pytest.mark.django_db
__all__ = ["folder"]  # a fixture


@pytest.fixture
def former() -> DigitalID:
    return age(DigitalIDFactory())


def consent(enrollment: Enrollment) -> Enrollment:
    return consented(enrollment)[0]


def statuses(former: DigitalID) -> list[str]:
    mine = DigitalID.objects.filter(number_key=former.number_key).order_by("issued_at")
    return list(mine.values_list("status", flat=True))


def refused(enrollment: Enrollment) -> str:
    with pytest.raises(Conflict) as refusal:
        consent(enrollment)
    assert Enrollment.objects.get(pk=enrollment.pk).state == State.PASSWORD_SET
    return refusal.value.code


@pytest.mark.parametrize(
    ("traits", "renewal", "code"),
    [
        ({}, True, ""),
        ({"suspended": True}, True, ""),
        ({"run_out": True}, True, ""),
        ({"status": "expired"}, True, ""),
        ({"revoked": True}, True, "nothing_to_renew"),
        ({}, False, "already_registered"),
        ({"suspended": True}, False, "already_registered"),
        ({"run_out": True}, False, "already_registered"),
        ({"revoked": True}, False, ""),
    ],
)
def test_a_number_fits_one_way_or_the_other(traits, renewal, code):
    key = DigitalIDFactory(**traits).number_key
    enrollment = EnrollmentFactory.build(office=None, renewal=renewal, number_key=key)
    found = ""
    try:
        check_way(enrollment)
    except Conflict as refusal:
        found = refusal.code
    assert found == code


def test_one_stopped_for_misuse_after_the_checks_is_not_replaced(former):
    enrollment = ready(former.holder.number)
    change_status(former, "suspend", actor=ACTOR, reason="misused")
    assert refused(enrollment) == "changed_meanwhile"
    assert statuses(former) == ["suspended"]


def test_one_stopped_for_misuse_is_replaced_once_an_officer_has_approved(former):
    enrollment = ready(former.holder.number)
    change_status(former, "suspend", actor=ACTOR, reason="misused")
    Decision.objects.create(
        enrollment=enrollment, officer=OfficerFactory(), move="approve", decided_at=timezone.now()
    )
    consent(enrollment)
    assert statuses(former) == ["revoked", "active"]


def test_an_approval_before_the_misuse_does_not_count(former):
    enrollment = ready(former.holder.number)
    Decision.objects.create(enrollment=enrollment, officer=OfficerFactory(), move="approve")
    change_status(former, "suspend", actor=ACTOR, reason="misused")
    assert refused(enrollment) == "changed_meanwhile"


def test_one_revoked_meanwhile_is_not_renewed(former):
    enrollment = ready(former.holder.number)
    change_status(former, "revoke", actor=ACTOR, reason="holder_died")
    assert refused(enrollment) == "changed_meanwhile"


def test_of_two_renewals_side_by_side_one_is_carried_out(former):
    first, second = (ready(former.holder.number) for _ in range(2))
    consent(first)
    assert refused(second) == "changed_meanwhile"
    assert statuses(former) == ["revoked", "active"]


def test_what_cannot_be_issued_ends_nothing(former):
    enrollment = ready(former.holder.number)
    enrollment.confirmed = replace(enrollment.confirmed, expiry_date="lifelong")
    enrollment.save()
    assert refused(enrollment) == "unattested"
    assert statuses(former) == ["active"]


def test_a_supervisor_has_a_renewed_one_issued_anew(former):
    enrollment = consent(ready(former.holder.number))
    both = {"officer": OfficerFactory(supervisor=True), "second": OfficerFactory()}
    reissuing.reissue(enrollment, **both, reason="data_wrong")
    Enrollment.objects.filter(pk=enrollment.pk).update(
        state=State.PASSWORD_SET, password=former.password
    )
    consent(with_key(Enrollment.objects.get(pk=enrollment.pk)))
    assert statuses(former) == ["revoked", "revoked", "active"]


def test_a_rejected_renewal_is_opened_again_beside_the_digital_id_in_force(former):
    case = EnrollmentFactory(state=State.REJECTED, renewal=True, number_key=former.number_key)
    both = {"officer": OfficerFactory(supervisor=True), "second": OfficerFactory()}
    opened = counter.reopen_enrollment(case, **both, message="New proof.")
    assert opened.state == State.WAITING_REVIEW


def test_a_first_registration_never_ends_a_digital_id(former):
    assert refused(ready(former.holder.number, renewal=False)) == "already_registered"
    assert statuses(former) == ["active"]


def of_registration(contact: str) -> DigitalID:
    """A digital ID whose holder wanted to hear there."""
    digital_id = age(DigitalIDFactory())
    tell_there(digital_id, contact)
    return digital_id


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("new@example.org", {"old@example.org", "new@example.org"}),
        ("old@example.org", {"old@example.org"}),
        ("", {"old@example.org"}),
    ],
)
def test_the_news_goes_to_the_former_address_as_well(folder, given, told):
    former = of_registration("old@example.org")
    enrollment = ready(former.holder.number)
    if given:
        give_contact(enrollment, given)
    consent(enrollment)
    run_due_jobs()
    sent = messages(folder)
    assert [{one["to"] for one in sent}, len(sent)] == [told, len(told)]


def test_the_news_says_what_to_do_and_tells_nothing_else(folder):
    former = of_registration("old@example.org")
    consent(ready(former.holder.number, language="en"))
    run_due_jobs()
    (message,) = messages(folder)
    assert message["text"] == (
        "Your digital ID was issued anew. If it was not you, call 1548 at once. "
        "We never send links and never ask for your password. Help line 1548."
    )


def test_a_first_registration_is_told_as_one(folder):
    enrollment = ready(valid_number("7" * 12), renewal=False, language="en")
    give_contact(enrollment, "new@example.org")
    consent(enrollment)
    run_due_jobs()
    (message,) = messages(folder)
    assert message["text"].startswith("A digital ID was issued under your national ID number.")
    assert Entry.objects.filter(reason="renewed").count() == 0
