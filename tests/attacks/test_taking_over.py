"""Attempts 2 and 8: taking over what somebody else was verified for, or has."""

import pytest
from django.conf import settings

from devstack.demo.client import StepFailed
from tests.attacks.attackers import ATTACKER, Stranger
from tests.portal import Portal
from tests.walks import PASSWORD, people

ID_OF = "SELECT status, replacing_by FROM identity_digitalid WHERE number_key = %s"
KEY_OF = "SELECT number_key FROM registration_enrollment WHERE id = %s"

VICTIMS = iter((2, 3, 5, 6))  # people of the walks, whose drawn cards are read without a doubt


def with_own_card(portal: Portal, who: int, **how: bool) -> Stranger:
    """Somebody before the selfie, with the own card and data."""
    own = Stranger(portal, who)
    own.start(**how)
    own.photographs(people()[who])
    if own.types(people()[who]) != "selfie":
        own.photographs(people()[who])
        own.types(people()[who])
    return own


def next_verified(portal: Portal) -> Stranger:
    own = with_own_card(portal, next(VICTIMS))
    assert own.shows_face(taking=0) == "verified"
    return own


@pytest.fixture
def verified(known) -> Stranger:
    """A victim of this test alone, verified on the own phone."""
    return next_verified(known)


@pytest.fixture(scope="module")
def holder(known) -> Stranger:
    """A victim who has a digital ID, which no test may change."""
    own = next_verified(known)
    own.choose_password(PASSWORD)
    assert own.consent(PASSWORD)["state"] == "activated"
    return own


def number_of(own: Stranger) -> str:
    return people()[own.who].number


def came_back(portal: Portal, own: Stranger, who: int = ATTACKER) -> Stranger:
    """Whoever knows reference and number, which officers and letters show."""
    other = Stranger(portal, who)
    known = {"reference": own.state["reference"], "number": number_of(own)}
    started = other._send("post", "enrollments/resume/", known)
    other.client.credentials(HTTP_AUTHORIZATION=f"Bearer {started['token']}")
    return other


def refusal(step) -> str:
    with pytest.raises(StepFailed) as refused:
        step()
    return str(refused.value)


def test_reference_and_number_take_nothing_over_and_show_nothing(known, verified):
    thief = came_back(known, verified)
    assert thief.state["step"] == "return"
    assert thief.state["reading"] == {}
    for step in (
        lambda: thief.choose_password("สวัสดีชาวโลก-2569"),
        lambda: thief.consent("สวัสดีชาวโลก-2569"),
        thief.withdraw,
    ):
        assert "reference number" in refusal(step)
    assert thief.shows_face(to="return") == "verified"
    # A drawn face is so much like itself that it may be taken for a picture seen before.
    assert thief.state["step"] == "return"
    assert thief.state["problem"] in {"face_match", "fresh_pictures"}
    assert "reference number" in refusal(lambda: thief.choose_password("สวัสดีชาวโลก-2569"))


def test_the_verified_selfie_itself_opens_nothing(known, verified):
    """An officer has seen it, and who has seen a picture may have kept it."""
    thief = came_back(known, verified, verified.who)
    thief.shows_face(to="return", taking=0)
    assert (thief.state["step"], thief.state["problem"]) == ("return", "fresh_pictures")


def test_the_former_session_is_over_and_the_person_goes_on_with_the_own_face(known, verified):
    again = came_back(known, verified, verified.who)
    with pytest.raises(StepFailed):
        verified.refresh()
    # As drawn faces are, one may be taken for a picture seen before.
    for _again in range(settings.MAX_RETURN_SELFIES):
        assert again.shows_face(to="return") == "verified"
        if again.state["step"] != "return" or again.state["problem"] != "fresh_pictures":
            break
    assert again.state["step"] == "password"
    again.choose_password(PASSWORD)
    assert again.consent(PASSWORD)["state"] == "activated"


def test_a_renewal_that_proves_nothing_waits_for_an_officer_and_ends_nothing(known, holder):
    thief = with_own_card(known, holder.who, renewal=True)  # even with the victim's own face
    assert thief.shows_face() == "waiting_review"
    (key,) = known.query(KEY_OF, thief.state["id"])[0]
    assert known.query(ID_OF, key) == [("active", None)]


def test_a_wrong_password_proves_nobody(known, holder):
    thief = Stranger(known)
    former = {"number": number_of(holder), "password": "ไม่ใช่รหัสผ่าน-1"}
    assert "belong together" in refusal(lambda: thief.start(renewal=True, former=former))
