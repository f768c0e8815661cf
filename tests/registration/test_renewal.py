"""A digital ID issued anew by its holder: alone, checked against the former one, told about."""

import pytest

from audit.models import Entry
from identity.life import change_status
from identity.models import Device, DigitalID
from identity.passwords import verify_password
from tests.identity.factories import PASSWORD, DigitalIDFactory
from tests.registration.renewals import ACTOR, age, kept
from tests.walks import Walk, people, run_jobs, selfie

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "แดดออกที่ภูเขา-2567"


@pytest.fixture
def former() -> DigitalID:
    return issued()


def issued(*, shows: int | None = 0, **values) -> DigitalID:
    """The digital ID of the first citizen, with a picture of that citizen, another, or none."""
    number = people()[0].number
    portrait = "" if shows is None else kept(selfie(shows))
    return age(DigitalIDFactory(number=number, portrait=portrait, **values))


def renewing(password: str = PASSWORD) -> Walk:
    """A renewal whose holder knows the former password."""
    return Walk(renewal=True, former={"number": people()[0].number, "password": password})


def renewed(walk: Walk) -> dict:
    walk.choose_password(NEW_PASSWORD)
    return walk.consent(NEW_PASSWORD)


def outcome(walk: Walk) -> tuple[str, str]:
    finding = walk.enrollment.findings.get(check_name="same_holder")
    return walk.state["state"], finding.outcome


def test_a_renewal_replaces_the_digital_id_and_asks_no_officer(former):
    walk = renewing().to_answer()
    assert outcome(walk) == ("verified", "passed")
    answer = renewed(walk)
    newer = DigitalID.objects.get(pk=answer["digital_id"])
    former.refresh_from_db()
    assert [former.status, newer.status, newer.number_key] == [
        "revoked",
        "active",
        former.number_key,
    ]
    assert verify_password(newer.password, NEW_PASSWORD)
    assert Device.objects.get(digital_id=newer.pk).removed_at is None


def test_a_renewal_leaves_its_entries(former):
    renewed(renewing().to_answer())
    moves = Entry.objects.filter(action__startswith="enrollment.")
    assert {entry.details.get("renewal") for entry in moves} == {True}
    revoked = Entry.objects.about(former).get()
    assert [revoked.action, revoked.reason, revoked.actor_kind] == [
        "digital_id.revoked",
        "renewed",
        "citizen",
    ]
    assert Entry.objects.filter(action="digital_id.issued").count() == 1


def test_until_the_consent_the_former_one_stays_in_force(former):
    renewing().to_answer().choose_password(NEW_PASSWORD)
    former.refresh_from_db()
    assert former.status == "active"


def test_another_face_than_the_former_ones_goes_to_an_officer():
    issued(shows=1)
    walk = renewing().to_answer()
    assert outcome(walk) == ("waiting_review", "failed")
    assert walk.enrollment.risk == 2


def test_a_digital_id_of_the_pilot_has_no_picture_and_goes_to_an_officer():
    issued(shows=None)
    assert outcome(renewing().to_answer()) == ("waiting_review", "missing")


@pytest.mark.parametrize(
    ("reason", "answer"),
    [("device_lost", ("verified", "passed")), ("misused", ("waiting_review", "doubtful"))],
)
def test_one_that_is_suspended_is_renewed_alone_only_after_a_lost_device(former, reason, answer):
    change_status(former, "suspend", actor=ACTOR, reason=reason)
    assert outcome(renewing().to_answer()) == answer


def test_the_lost_phones_holder_has_a_digital_id_in_force_again(former):
    change_status(former, "suspend", actor=ACTOR, reason="device_lost")
    renewed(renewing().to_answer())
    mine = DigitalID.objects.filter(number_key=former.number_key)
    assert sorted(mine.values_list("status", flat=True)) == ["active", "revoked"]


def test_the_holders_own_face_is_no_duplicate(former):
    renewed(renewing().to_answer())
    again = renewing(NEW_PASSWORD).to_answer()
    assert again.enrollment.findings.get(check_name="duplicate").outcome == "passed"


def test_a_first_registration_is_not_compared_with_a_former_one():
    walk = Walk().to_answer()
    assert not walk.enrollment.findings.filter(check_name="same_holder").exists()


def test_a_digital_id_that_ran_out_is_renewed():
    former = issued(run_out=True)
    renewed(renewing().to_answer())
    former.refresh_from_db()
    assert former.status == "revoked"


def test_the_api_says_that_it_is_a_renewal():
    assert [Walk(renewal=True).state["renewal"], Walk().state["renewal"]] == [True, False]


def test_who_has_nothing_to_renew_is_told_so_after_the_face_check_only():
    walk = Walk(renewal=True).to_selfie()
    assert walk.state["step"] == "selfie"
    walk.send_selfie(0)
    run_jobs()
    assert walk.refresh()["step"] == "waiting"  # no former holder was proven: an officer looks
    found = walk.enrollment.findings.get(check_name="way_fits")
    assert found.outcome == "failed"
