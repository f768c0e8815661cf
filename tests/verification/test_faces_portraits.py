"""Faces off old cards: portraits aged by us, of people whose portraits are others' work."""

from functools import cache

import numpy as np
import pytest
from django.conf import settings

from devstack.demo.measuring.portraits import measure
from devstack.demo.measuring.portraits import people as measured_people
from devstack.demo.specimens.aged import SPECIES
from tests.verification.faces_pictures import (
    MAN,
    PHOTOS,
    WOMAN,
    embedding_of,
    needs_photos,
    people,
    selfie,
)
from tests.verification.held_against import held_against
from verification.faces.engine import embed, find_faces, similarity
from verification.faces.portraits import find_portrait_face
from verification.findings import Check
from verification.images.arrays import Picture

THRESHOLD = settings.MACHINE_THRESHOLDS["face_match"]
DOTS = "284 px, grey, in dots"
MOIRE = "284 px, moire"


@cache
def names() -> list[str]:
    return (people().names("f") + people().names("m"))[::3]


@cache
def selfies():
    return {name: embedding_of(selfie(name, seed=seed)) for seed, name in enumerate(names())}


def aged(name: str, species: str) -> Picture:
    return SPECIES[species](np.asarray(people().card_portrait(name)))


@pytest.mark.parametrize("species", list(SPECIES))
def test_of_old_portraits_nine_in_ten_show_their_face_and_nobody_elses(species):
    found = {name: find_portrait_face(aged(name, species)) for name in names()}
    seen = {name: one for name, one in found.items() if one}
    impostor = [
        one.likeness(selfies()[other])
        for name, one in seen.items()
        for other in names()
        if other != name
    ]

    assert len(names()) == 11
    assert len(seen) >= 10
    assert max(impostor) < THRESHOLD


@pytest.mark.parametrize("name", names())
def test_a_portrait_in_dots_shows_no_face_until_it_is_cleaned_and_then_matches(name):
    picture = aged(name, DOTS)

    assert find_faces(picture) == []
    assert find_portrait_face(picture).likeness(selfies()[name]) > THRESHOLD


@pytest.mark.parametrize("name", names())
def test_a_clean_portrait_is_seen_as_before_to_the_last_bit(name):
    picture = aged(name, "clean")
    faces = find_faces(picture)

    found = find_portrait_face(picture)

    assert (found.face.box, found.count, found.other) == (faces[0].box, len(faces), ())
    assert found.embedding.vector.tobytes() == embed(picture, faces[0]).vector.tobytes()


def test_under_moire_the_likest_try_matches_where_the_strongest_does_not():
    found = {name: find_portrait_face(aged(name, MOIRE)) for name in names()}
    strongest = [similarity(one.embedding, selfies()[name]) for name, one in found.items()]
    likest = [one.likeness(selfies()[name]) for name, one in found.items()]

    assert all(best >= first for best, first in zip(likest, strongest, strict=True))
    assert sum(one >= THRESHOLD for one in strongest) <= 8
    assert sum(one >= THRESHOLD for one in likest) >= 9


def test_a_selfie_is_held_against_every_try():
    picture = aged("050m", MOIRE)
    found = find_portrait_face(picture)
    expected = found.likeness(selfies()["050m"])

    score = held_against(picture, selfie("050m", seed=names().index("050m")))[
        Check.FACE_MATCH
    ].score

    assert score == pytest.approx(expected, abs=0.02)
    assert similarity(found.embedding, selfies()["050m"]) < THRESHOLD < score


@pytest.mark.parametrize("name", [WOMAN, MAN])
def test_the_face_lies_in_the_portrait_itself_however_it_was_enlarged(name):
    expected = find_faces(aged(name, "clean"))[0]

    found = find_portrait_face(aged(name, "100 px, grey, in dots")).face

    assert np.abs(found.points * 3.84 - expected.points).max() < 0.1 * expected.height


@pytest.mark.parametrize("seed", range(6))
def test_a_pattern_without_a_face_shows_none_in_any_try(seed):
    draw = np.random.default_rng(seed)
    grain = draw.integers(0, 256, (340, 284, 1), dtype=np.uint8).repeat(3, axis=2)
    level = np.full((340, 284, 3), 40 * seed, np.uint8)

    assert [find_portrait_face(one) for one in (grain, level, SPECIES[DOTS](level))] == [None] * 3


class TestPhotos:
    pytestmark = needs_photos

    def test_portraits_in_dots_match_other_photos_of_the_person_and_nobody_elses(self):
        everybody = measured_people(PHOTOS)
        aged_portraits = [SPECIES[DOTS](one.portrait) for one in everybody]
        errors = measure(everybody, aged_portraits, find_portrait_face)
        false_match, false_non_match = errors.at(THRESHOLD, "public")

        assert (false_match.count, false_non_match.count) == (0, 0)
        assert errors.found.count == errors.found.total
