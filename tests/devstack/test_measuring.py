"""What measures the engines: its conditions, its attacks and its counting."""

from devstack.demo.measuring.attacks import ACTIVE, PASSIVE, follows, looks_live, targets
from devstack.demo.measuring.cards import Conditions, Trial, confusions, try_card

TARGET = targets(1)[0]


def test_conditions_are_the_same_for_the_same_seed():
    assert Conditions.drawn(5) == Conditions.drawn(5)
    assert Conditions.drawn(5) != Conditions.drawn(6)


def test_a_card_is_tried_on_both_sides():
    trial = try_card(50_001)
    assert trial.refused == ()
    assert {name: trial.read[name][0] for name in trial.printed} == trial.printed


def test_letters_read_for_others_are_counted():
    trial = Trial(Conditions.drawn(1), {"number": "1234"}, {"number": ("1284", 0.9)}, ())
    assert confusions([trial, trial], ("number",)) == {("3", "8"): 2}


def test_a_person_passes_and_each_attack_fails():
    assert looks_live(TARGET.selfie())
    assert follows(TARGET, TARGET.selfie(), TARGET.frames())
    assert [name for name, made in PASSIVE.items() if looks_live(made(TARGET))] == []
    assert [
        name for name, made in ACTIVE.items() if follows(TARGET, TARGET.selfie(), made(TARGET))
    ] == []
