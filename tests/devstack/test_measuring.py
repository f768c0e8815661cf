"""What measures the engines: its conditions, its attacks and its counting."""

from dataclasses import replace

from devstack.demo.management.commands import measure_documents
from devstack.demo.measuring.attacks import (
    ACTIVE,
    PASSIVE,
    follows,
    looks_live,
    on_screen,
    printed,
    targets,
)
from devstack.demo.measuring.cards import Trial, conditions, confusions, measured_person, try_card
from devstack.demo.measuring.documents import Handed
from verification.faces.engine import find_faces
from verification.images import decode

TARGET = targets(1)[0]


def test_conditions_are_the_same_for_the_same_seed():
    assert conditions(5) == conditions(5)
    assert conditions(5) != conditions(6)


def test_conditions_are_as_wide_as_life():
    shots = [conditions(seed) for seed in range(400)]
    assert {shot.size[0] for shot in shots} >= {380, 4000}
    assert {shot.quarter for shot in shots} == {0, 1, 2, 3}
    assert {shot.fingers for shot in shots} == {0, 1, 2}
    assert {shot.background for shot in shots} >= {"hand", "checks", "page"}
    assert 0.05 < sum(shot.margin is not None and shot.margin < 0 for shot in shots) / 400 < 0.15


def test_cards_of_all_years_are_measured_and_none_promises_what_it_does_not_print():
    people = [measured_person(seed) for seed in range(100)]
    assert {one.issue_date[:4] for one in people} >= {"2005", "2012", "2025"}
    early = [one.religion for one in people if one.issue_date < "2011"]
    assert set(early) == {""}


def test_a_card_is_tried_on_both_sides():
    trial = try_card(50_001)
    assert trial.refused == ()
    assert {name: trial.read[name][0] for name in trial.printed} == trial.printed


def test_letters_read_for_others_are_counted():
    trial = Trial(conditions(1), {"number": "1234"}, {"number": ("1284", 0.9)}, ())
    assert confusions([trial, trial], ("number",)) == {("3", "8"): 2}


def test_a_head_that_turns_is_not_taken_for_one_that_looks_up():
    """Seen from the side a face seems lifted, which a recording of two turns lived on."""
    one = replace(TARGET, steps=("turn_left", "look_up"))
    recording = one.frames(("turn_left", "turn_right"))
    assert not follows(one, one.selfie(), recording)
    assert follows(one, one.selfie(), one.frames())


def test_a_person_passes_and_prints_grids_and_each_other_turn_fail():
    assert looks_live(TARGET.selfie())
    assert follows(TARGET, TARGET.selfie(), TARGET.frames())
    assert [looks_live(made(TARGET)) for made in (printed, on_screen)] == [False, False]
    assert [
        name for name, made in ACTIVE.items() if follows(TARGET, TARGET.selfie(), made(TARGET))
    ] == []


def test_each_attack_shows_one_face_whatever_is_said_of_it():
    """Else it would be refused for another reason than the one that is measured."""
    made = [make(TARGET) for make in PASSIVE.values()]
    assert [len(find_faces(decode(picture))) for picture in made] == [1] * len(made)


def test_attack_rates_count_what_was_neither_refused_nor_suspected():
    handed = [
        Handed("honest front", "", (), ()),
        Handed("honest front", "", ("copy",), ("colourless",)),
        Handed("honest front", "blurred", (), ()),
        Handed("honest back", "", (), ()),
        Handed("pink card", "non_thai_card", (), ()),
        Handed("pink card", "", ("altered",), ("no_chip",)),
        Handed("pink card", "", (), ()),
        Handed("pink card", "", (), ()),
    ]
    _, _, front, back = measure_documents.honest_lines(handed)
    _, _, pink = measure_documents.forged_lines(handed, ["pink card"])
    assert front.startswith("| honest front | 1 | 50.000% (1 of 2;")
    assert back.startswith("| honest back | 0 | 0.000% (0 of 1;")
    assert pink.startswith("| pink card | non_thai_card 1 | 1 | 50.000% (2 of 4;")
    assert [front.endswith("| colourless 1 |"), pink.endswith("| no_chip 1 |")] == [True, True]
