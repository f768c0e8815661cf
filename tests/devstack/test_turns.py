"""Films of people who turn their heads, and one picture of each of them made to turn.

The films are of others (../shared/faces/turns), the attacks are ours. One film of the scanned head
and 21 of people; each is attacked to one side, by every kind of warp.
"""

from functools import cache

import numpy as np
import pytest
from django.core.management import call_command

from devstack.demo.measuring.turns import (
    FOLDER,
    MISSING,
    Film,
    as_taken,
    attacks,
    honest,
    people,
    turns_of,
)
from devstack.demo.measuring.warps import WARPS, WHOLE, turned_to
from verification.faces.solid import LEAST_TURN, OWN_GRAIN, SOLID, compare

needs_films = pytest.mark.skipif(
    not (FOLDER / "turns.json").exists(),
    reason="no films of turning heads: ../shared/faces/turns is not there",
)
TURN = 0.25


@cache
def shown():
    return people()


@cache
def scores(species: str) -> list[float]:
    """Of each person's picture, turned to one side or the other: clean and noisy."""
    films = []
    for place, one in enumerate(shown()):
        made = turned_to(WARPS[species], one.head, TURN * (-1) ** place)
        film = Film(one.number, [one.shots[0], (made, one.shots[0][1])])
        films += [as_taken(film, taken) for taken in ("clean", "noisy")]
    found = [film.score for film in films]
    return [score for score in found if score is not None]


def accepted(found: list[float]) -> float:
    return float(np.mean([score >= SOLID for score in found]))


@needs_films
def test_people_who_turn_their_heads_are_taken_for_people():
    films = [
        as_taken(film, taken)
        for one in shown()
        if one.real
        for film in honest(one)
        for taken in ("clean", "noisy")
    ]
    found = [film.score for film in films]
    found = [score for score in found if score is not None]
    assert len(found) >= 30
    assert accepted(found) >= 0.97
    assert np.median(found) > 1.5 * SOLID


@needs_films
def test_single_shots_of_turned_heads_score_above_the_bound_too():
    shots = [
        (one.shots[0], shot)
        for one in shown()
        if one.real
        for turn, shot in zip(turns_of(one.shots), one.shots[1:], strict=True)
        if LEAST_TURN <= abs(turn) <= 0.40
    ]
    assert len(shots) >= 30
    assert accepted([compare(*pair).score for pair in shots]) >= 0.97


@needs_films
def test_the_grain_tells_cameras_from_warps_of_one_picture_however_careful():
    """People at most 1 in 20; nine of ten warps, and of those that the score lets pass most."""
    filmed = [as_taken(film, "smoothed") for one in shown() if one.real for film in honest(one)]
    found = [film.turned.grain for film in filmed]
    assert np.mean([grain >= OWN_GRAIN for grain in found if grain is not None]) >= 0.95
    careful = [
        film.turned.grain
        for one in shown()[::3]
        for film in (as_taken(film, "clean") for film in attacks(one, "adaptive"))
    ]
    assert np.mean([grain < OWN_GRAIN for grain in careful if grain is not None]) >= 0.5


@needs_films
def test_no_warp_of_a_whole_picture_passes():
    """However it is damaged: an ellipsoid smears its rim, a plane is seen from its edge."""
    assert set(WHOLE) == {"plane", "portal", "bump", "ellipsoid"}
    found = [score for species in WHOLE for score in scores(species)]
    assert len(found) >= 100
    assert accepted(found) == 0


@needs_films
def test_a_mesh_and_a_head_cut_out_rarely_pass():
    assert len(scores("mesh")) >= 30
    assert accepted(scores("mesh")) <= 0.05
    assert len(scores("layer")) >= 30
    assert accepted(scores("layer")) <= 0.10


@needs_films
def test_the_rule_of_the_steps_alone_takes_a_warp_for_a_turn():
    film = attacks(shown()[5], "portal")[0]
    assert film.follows
    assert film.score is not None
    assert film.score < SOLID


def test_where_there_are_no_films_the_command_says_so(tmp_path, capsys):
    call_command("measure_turns", folder=tmp_path)
    assert capsys.readouterr().out.strip() == MISSING
