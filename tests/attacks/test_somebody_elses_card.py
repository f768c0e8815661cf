"""Attempts 1 and 4: becoming somebody whose number the own card does not say."""

from dataclasses import replace

import pytest

from devstack.demo.specimens.people import expired
from tests.attacks.attackers import (
    BLOTS,
    THE_CODE,
    Stranger,
    impostor,
    own_card,
    same_names,
    victim,
)

OUTSIDE = {"card_captured", "waiting_review", "retake"}
MOVES = "SELECT action FROM audit_entry WHERE subject_id = %s ORDER BY id"


def never_verified(portal, stranger: Stranger) -> bool:
    moves = [action for (action,) in portal.query(MOVES, stranger.state["id"])]
    return stranger.state["state"] in OUTSIDE and "enrollment.pass_checks" not in moves


@pytest.mark.parametrize("spot", BLOTS)
def test_a_blot_makes_nobody_somebody_else(known, spot):
    assert never_verified(known, impostor(known, own_card(), victim(), blot=BLOTS[spot]))


def test_a_blot_on_the_back_makes_nobody_somebody_else(known):
    assert never_verified(known, impostor(known, own_card(), victim(), blot_back=THE_CODE))


def test_two_blots_and_a_card_of_the_same_name_make_nobody_somebody_else(known):
    namesake = same_names(own_card(), victim())
    spots = {"blot": BLOTS["two digits"], "blot_back": THE_CODE}
    assert never_verified(known, impostor(known, namesake, victim()))
    assert never_verified(known, impostor(known, namesake, victim(), **spots))


@pytest.mark.parametrize(
    "lie",
    [
        {"expiry_date": "lifelong"},
        {"title_en": "King of Siam"},
        {"address": "99 หมู่ที่ 9 ต.บางรักน้อย อ.เมืองนนทบุรี จ.นนทบุรี"},
    ],
    ids=["lifelong", "King of Siam", "another address"],
)
def test_what_the_card_says_otherwise_is_an_officers_to_decide(known, lie):
    stranger = impostor(known, own_card(), replace(own_card(), **lie))
    assert never_verified(known, stranger)


def test_an_expired_card_is_refused_whatever_is_typed(known):
    stranger = Stranger(known)
    stranger.start()
    stranger.photographs(expired(own_card()))
    assert (stranger.state["step"], stranger.state["problem"]) == ("card_front", "expired")
    assert "409" in stranger.types(own_card()) or stranger.refresh()["state"] == "card_captured"
