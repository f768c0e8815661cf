"""Attempts 2 and 8: taking over what somebody else was verified for, or has."""

import time

import pytest

from demo.client import StepFailed
from tests.attacks.attackers import ATTACKER, VICTIM, Stranger, victim
from tests.walks import PASSWORD

ID_OF = "SELECT id, status, replacing_by FROM identity_digitalid WHERE number_key = %s"
KEY_OF = "SELECT number_key FROM registration_enrollment WHERE id = %s"


@pytest.fixture(scope="module")
def verified(known) -> Stranger:
    """The victim, verified on the own phone."""
    own = Stranger(known, VICTIM)
    own.start()
    own.photographs(victim())
    if own.types(victim()) != "selfie":
        own.photographs(victim())
        own.types(victim())
    assert own.shows_face() == "verified"
    return own


def came_back(portal, own: Stranger, who: int = ATTACKER) -> Stranger:
    """Whoever knows reference and number, which officers and letters show."""
    other = Stranger(portal, who)
    known = {"reference": own.state["reference"], "number": victim().number}
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
    assert thief.shows_face(ATTACKER, to="return") == "verified"
    assert (thief.state["step"], thief.state["problem"]) == ("return", "face_match")
    assert "reference number" in refusal(lambda: thief.choose_password("สวัสดีชาวโลก-2569"))


def test_the_former_session_is_over_and_the_person_goes_on_with_the_own_face(known, verified):
    again = came_back(known, verified, VICTIM)
    with pytest.raises(StepFailed):
        verified.refresh()
    assert again.shows_face(VICTIM, to="return") == "verified"
    assert again.state["step"] == "password"
    again.choose_password(PASSWORD)
    assert again.consent(PASSWORD)["state"] == "activated"


def test_a_renewal_that_proves_nothing_waits_for_an_officer_and_ends_nothing(known):
    (key,) = known.query(
        "SELECT number_key FROM identity_digitalid WHERE status = 'active' LIMIT 1"
    )[0]
    thief = Stranger(known, VICTIM)  # even with the victim's own face
    thief.start(renewal=True)
    thief.photographs(victim())
    if thief.types(victim()) != "selfie":
        thief.photographs(victim())
        thief.types(victim())
    assert thief.shows_face() == "waiting_review"
    assert known.query(ID_OF, key)[0][1:] == ("active", None)
    time.sleep(0)


def test_a_wrong_password_proves_nobody(known):
    thief = Stranger(known)
    former = {"number": victim().number, "password": "ไม่ใช่รหัสผ่าน-1"}
    assert "do not belong together" in refusal(
        lambda: thief.start(renewal=True, former=former)
    ) or "ไม่ตรงกัน" in refusal(lambda: thief.start(renewal=True, former=former))
